# shellcheck shell=bash
# What people see. All of it goes to standard error: standard output is the command's own.

say() { printf '==> %s\n' "$*" >&2; }

# fail WHAT [LINE...]: what is wrong and whose problem it is, then what to do.
fail() {
  printf 'engine: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# step NAME TITLE COMMAND...: says what it does, keeps the output in a log, and shows its end on failure.
step() {
  local log=$logs/$1.log title=$2 code
  shift 2
  say "$title"
  mkdir -p "$logs"
  set +e # errexit is off in a condition, even inside of a subshell
  (set -e; "$@") </dev/null >"$log" 2>&1
  code=$?
  set -e
  [ $code -eq 0 ] || failed_step "$title (exit code $code)" "$log" \
    "Most often a registry was not reached: check the network, then run the same command again, which goes on from here."
}

# failed_step TITLE LOG ADVICE
failed_step() {
  tail -n 20 "$2" | sed 's/^/  | /' >&2
  fail "this failed: $1." "The end of its log is above, all of it is in $2." "$3"
}
