# shellcheck shell=bash
# The commands of ./engine.

# up: nothing at all when the engine runs and was made from the same inputs.
up() {
  local wanted needs
  wanted=$(inputs)
  ! is_current "$wanted" || return 0
  needs=$(needs)
  [ -z "$needs" ] || no_engine "$needs"
  lock
  is_current "$wanted" || bring_up "$wanted"
  exec 9>&-
}

is_current() { [ -w "$socket" ] && [ "$(cat "$run/inputs" 2>/dev/null)" = "$1" ] && engine_pid >/dev/null && has_network; }

bring_up() {
  local runs pid
  mkdir -p "$root"
  debian_packages
  binaries
  images
  runs=$(image_digest sdk/typescript:latest | hash "$root/bin/.shipwheel" "$here"/lib/{namespace.sh,process.sh,registry.mjs,settings.sh})
  if [ "$(cat "$run/runs" 2>/dev/null)" != "$runs" ] || ! engine_pid >/dev/null || ! ping_engine; then
    stop
    start
  elif ! has_network; then
    pid=$(engine_pid)
    say "joining the engine to the network again: somebody removed its link"
    make_network "$pid"
  fi
  echo "$runs" >"$run/runs"
  echo "$1" >"$run/inputs"
}

down() {
  [ "$(id -u)" = 0 ] || fail "only root can stop the engine: this is $(id -un)."
  lock
  if engine_pid >/dev/null; then say "stopping the engine: up to a minute"; fi
  stop
}

# One up or down at a time.
lock() {
  mkdir -p "$run"
  exec 9>"$run/lock"
  flock --nonblock 9 && return
  say "waiting for another up or down of this engine"
  flock 9
}

status() {
  local pid answer code=0
  if ! pid=$(engine_pid); then
    echo "not running"
    code=3
  elif ! answer=$(ask_engine "$cache_query"); then
    echo "not answering: process $pid is ending or hangs; if it stays so, engine down ends it, and the next call starts another"
    code=3
  else
    echo "running: Dagger $(version dagger), process $pid, $socket"
    network_status || code=3
    cache_status "$answer"
  fi
  if [ -e "$root/bin/.shipwheel" ]; then echo "built:   the programs in $root/bin"; else echo "built:   nothing yet"; fi
  [ ! -e "$images/index.json" ] || echo "images:  $(sed -n 's/.*"name": "\(.*\)".*/\1/p' "$images/index.json" | sed 's|^library/||' | paste -sd ' ')"
  [ "$(cat "$run/inputs" 2>/dev/null)" = "$(inputs)" ] || echo "outdated: the next up brings it up to date"
  echo "logs:    $logs"
  return $code
}

network_status() {
  if has_network; then
    echo "network: $link, $subnet.0/30"
  else
    echo "network: gone, so that nothing can be fetched: its link was removed; the next up brings it back"
    return 1
  fi
}

# What the engine holds and how much it may, by its own count.
cache_query='{engine{localCache{maxUsedSpace minFreeSpace entrySet{entryCount diskSpaceBytes}}}}'
cache_status() {
  local answer=$1
  number_of() { sed -n "s/.*\"$1\": *\([0-9]*\).*/\1/p" <<<"$answer"; }
  printf 'caches:  %s GB used in %s entries, of up to %s GB; the disk has %s GB free, and the oldest go when it has less than %s\n' \
    "$(gigabytes "$(number_of diskSpaceBytes)")" "$(number_of entryCount)" "$(gigabytes "$(number_of maxUsedSpace)")" \
    "$(gigabytes "$(($(stat --file-system --format '%a * %S' "$root")))")" "$(gigabytes "$(number_of minFreeSpace)")"
}
gigabytes() { printf '%d.%d' $(($1 / 10 ** 9)) $(($1 / 10 ** 8 % 10)); }

print_env() {
  cat <<END
export _EXPERIMENTAL_DAGGER_RUNNER_HOST=unix://$socket
export PATH=$root/bin:\$PATH
export DAGGER_PROGRESS=${DAGGER_PROGRESS:-plain} DAGGER_NO_NAG=1 DO_NOT_TRACK=1
END
}
