#!/bin/sh
# Runs commands one after the other, until one fails, and ends with its exit code: (COUNT WORD...)...
# On both streams a record separator and a number stand before what each of them says, so that it can be told whose words are whose.
set -u

run() (
  count=$1
  shift
  others=$(($# - count))
  while [ "$count" -gt 0 ]; do
    set -- "$@" "$1"
    shift
    count=$((count - 1))
  done
  shift "$others"
  exec "$@"
)

at=0
while [ $# -gt 0 ]; do
  printf '\036%d\n' "$at"
  printf '\036%d\n' "$at" >&2
  run "$@" || exit
  shift $(($1 + 1))
  at=$((at + 1))
done
