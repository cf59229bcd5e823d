#!/bin/sh
# Asks an install script, which has installed once, for the rest of its promises: SCRIPT WHEEL INDEX
set -eu
script=$1 wheel=$2 index=$3

fail() {
  echo "$1" >&2
  exit 1
}

left() { find "$HOME" ! -type d ! -path '*/.cache/*' ! -path '*/uv/python/*'; }

sh "$script" --index "$index" >/dev/null || fail "A second run failed."

# The file of the release, with one byte more.
mkdir "$HOME/corrupted"
cp "$wheel" "$HOME/corrupted/"
echo >>"$HOME/corrupted/${wheel##*/}"
if sh "$script" --from "$HOME/corrupted" --prefix "$HOME/other" >"$HOME/corrupted/answer" 2>&1; then
  fail "A corrupted wheel was installed."
fi
grep -q SHA-256 "$HOME/corrupted/answer" || {
  cat "$HOME/corrupted/answer" >&2
  fail "A corrupted wheel was refused, but not for its SHA-256."
}
[ ! -e "$HOME/other" ] || fail "A corrupted wheel left something behind: $(find "$HOME/other")"
rm -r "$HOME/corrupted"

sh "$script" --uninstall >/dev/null || fail "Nothing could be uninstalled."
[ -z "$(left)" ] || fail "Something is left after --uninstall: $(left)"
