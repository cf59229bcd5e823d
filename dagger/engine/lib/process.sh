# shellcheck shell=bash
# Start and stop. The engine, its registry and its containers live and die with one process: namespace.sh.

# The process number of the running engine. A number that the machine gave to another process since
# has another start time.
engine_pid() {
  local pid started stat
  { read -r pid started <"$pid_file"; } 2>/dev/null || return 1
  { read -r stat <"/proc/$pid/stat"; } 2>/dev/null || return 1
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$started" ] && echo "$pid"
}

start() {
  local log=$logs/engine.log pid ready=1 end
  say "starting the engine: some 2 seconds"
  mkdir -p "$run" "$logs"
  rm -f "$socket" "$pid_file"
  drop_lost_caches
  make_network
  [ ! -e "$log" ] || mv "$log" "$log.1"
  engine_settings >"$root/engine.toml"
  DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST=$(image_digest sdk/typescript:latest) DO_NOT_TRACK=1 \
    setsid nsenter --net="/run/netns/$link" unshare --fork --pid --mount --propagation private --kill-child \
    bash "$here/lib/namespace.sh" "$root" "$run" "$registry" </dev/null >"$log" 2>&1 9>&- &
  pid=$!
  # An engine that could not save its caches removes them first: that takes minutes when they are large.
  end=$((SECONDS + 300))
  while kill -0 $pid 2>/dev/null && ((SECONDS < end)); do
    [ -S "$socket" ] && [ -e "$pid_file" ] && ping_engine && ready=0 && break
    sleep 0.05
  done
  [ $ready -eq 0 ] || failed_step "starting the engine" "$log" "Run the same command again; if that does not help, the log says why."
}

# An engine trusts no caches but those that the last one saved when it ended: it removes the others before it answers,
# which takes minutes when they are large. They are put aside instead, and go while it works. Without the list of what
# they hold it would work on what somebody is removing, or began to remove.
drop_lost_caches() {
  if [ -e "$root/state" ] && ! { [ -e "$saved" ] && [ -e "$root/state/dagql-cache.db" ]; }; then
    say "the last engine was killed before it saved its caches, or they are not all there: this one begins with none"
    mv "$root/state" "$(mktemp --directory "$root/lost.XXXXXX")"
  fi
  nice setsid rm -rf "$root"/lost.* </dev/null >/dev/null 2>&1 9>&- &
}

# Where images come from, and what is kept. By itself the engine frees a fifth of the disk, if need be by dropping all that
# it holds, whatever is reserved, again and again: another's full disk would make each release a cold one.
engine_settings() {
  cat <<END
[registry."docker.io"]
  mirrors = ["$registry"]
[registry."$registry"]
  http = true
[worker.oci]
  reservedSpace = "10GB"
  maxUsedSpace = "75%"
  minFreeSpace = "2GB"
END
}

ping_engine() { ask_engine '{version}' >/dev/null; }

ask_engine() {
  _EXPERIMENTAL_DAGGER_RUNNER_HOST=unix://$socket DO_NOT_TRACK=1 \
    timeout 20 "$root/bin/dagger" --silent --no-mod query <<<"$1" 2>/dev/null
}

# stop: SIGTERM, a minute to save its caches, then SIGKILL.
stop() {
  local pid signal
  for signal in TERM KILL; do
    pid=$(engine_pid) || break
    kill -$signal "$pid" 2>/dev/null || true
    for _ in $(seq 1200); do
      engine_pid >/dev/null || break
      sleep 0.05
    done
  done
  ! engine_pid >/dev/null || fail "the engine (process $pid) does not end, not even on SIGKILL." "The kernel holds it: a restart of the machine helps."
  rm -f "$socket" "$pid_file"
  remove_network
}
