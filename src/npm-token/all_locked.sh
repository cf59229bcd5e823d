#!/bin/sh
# Asks Yarn, without a network, whether its lockfile has all that an install takes: FILE COMMAND...
# Yarn asks for what is not there before it says so. It begins to fetch only once it has found all; that line makes FILE.
set -u

file=$1
shift
said=$(YARN_ENABLE_NETWORK=false YARN_ENABLE_MESSAGE_NAMES=true "$@")
begun='{"type":"info","name":null,"displayName":"YN0000","indent":"","data":"┌ Fetch step"}'
if printf '%s\n' "$said" | grep -qxF "$begun"; then
  : >"$file"
  exit
fi
printf '%s\n' "$said"
echo 'The lockfile does not have all that package.json asks for. With --npm-token nothing else is fetched: run "yarn install" and commit the lockfile.' >&2
exit 1
