# shellcheck shell=bash
# Finds the official dagger CLI and whether its engine answers.

# The official CLIs on PATH, best first: neither this folder's script nor a CLI built by it.
official_clis() {
  local cli real
  while read -r cli; do
    real=$(readlink -f "$cli")
    [ "$real" = "$here/dagger" ] || [ -e "${real%/*}/.shipwheel" ] || echo "$cli"
  done < <(type -aP dagger)
}

# engine_answers CLI: quick when it does, and never longer than ten seconds.
engine_answers() {
  case ${_EXPERIMENTAL_DAGGER_RUNNER_HOST:-} in
  "") container_runtime >/dev/null ;;
  "unix://$socket") return 1 ;; # ours: it may need a start or an update
  *) limit 10 "$1" --silent --no-mod query <<<'{version}' >/dev/null 2>&1 ;;
  esac
}

# limit SECONDS COMMAND...: macOS has no timeout.
limit() {
  if type -P timeout >/dev/null; then timeout "$@"; else "${@:2}"; fi
}

container_runtime() {
  local runtime
  for runtime in docker podman nerdctl finch; do
    type -P "$runtime" >/dev/null && limit 5 "$runtime" ps >/dev/null 2>&1 && echo "$runtime" && return
  done
  return 1
}

# The first official CLI whose engine answers.
working_official_cli() {
  local cli
  for cli in $(official_clis); do
    engine_answers "$cli" && echo "$cli" && return
  done
  return 1
}
