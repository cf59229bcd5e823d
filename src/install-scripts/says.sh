#!/bin/sh
# Runs a command that must print one of the spellings of a version: SPELLING,... COMMAND...
# Whether that is the version of the package is asked where the wheel is installed without the script.
set -eu
spellings=$1
shift
printed=$("$@" 2>&1) || {
  printf '%s\n' "$printed" >&2
  exit 1
}
words=" $(printf %s "$printed" | tr -s "[:space:],;()'\"/=:@|<>{}[]" ' ') "
for spelling in $(printf %s "$spellings" | tr , ' '); do
  case $words in *" $spelling "* | *" v$spelling "* | *[-_]"$spelling "* | *" $spelling. "*) exit ;; esac
done
printf '%s printed none of %s: %s\n' "$1" "$spellings" "$printed" >&2
exit 1
