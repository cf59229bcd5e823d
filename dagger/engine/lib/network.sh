# shellcheck shell=bash disable=SC2034
# The engine has a network namespace of its own, so that its bridge, packet rules and name server meet no
# others and go when it goes. One link and three packet rules join it to the machine's network. Their number is
# chosen at a start and kept in the run folder; the link carries the engine's folder as its alias, so that
# everybody sees whose it is.

numbers=150

# use_number N: the names and addresses that go with it.
use_number() {
  number=$1
  link=wheel$number
  subnet=10.$((100 + number)).0
}

# The number that this engine has, if any.
own_number() {
  [ -e "$run/number" ] && use_number "$(<"$run/number")"
}

# The link is there, and nobody else's. This is asked at each call: no process is started for it.
has_network() {
  own_number && owns_link
}
owns_link() {
  local alias=""
  { read -r alias <"/sys/class/net/$link/ifalias"; } 2>/dev/null
  [ "$alias" = "$root" ]
}

# What the name gives, the same each time; where that is taken, the next that is free.
choose_number() {
  local start=0 char i
  for ((i = 0; i < ${#root}; i++)); do
    printf -v char %d "'${root:i:1}"
    start=$(((start * 31 + char) % numbers))
  done
  for ((i = 0; i < numbers; i++)); do
    use_number $(((start + i) % numbers))
    is_taken || { echo "$number" >"$run/number"; return; }
  done
  fail "no network is left for this engine: all $numbers numbers are taken." "Stop other engines: $(cd /sys/class/net && echo wheel*)"
}
is_taken() {
  [ -e "/sys/class/net/$link" ] || [ -e "/run/netns/$link" ] ||
    { ip -o -4 address; ip -4 route; } | grep -qE "(^| )${subnet//./\\.}\."
}

# make_network [PID]: for an engine that is to be started, or for the one that runs as PID. Its number is its own from
# the moment that the link is there, so nobody else looks for one in between.
make_network() {
  exec 8>/run/shipwheel-networks.lock
  flock 8
  remove_network
  choose_number
  if [ $# -eq 0 ]; then ip netns add "$link"; else ip netns attach "$link" "$1"; fi
  join_network
  exec 8>&-
}

join_network() {
  local device mtu
  device=$(ip route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p;q')
  mtu=$(cat "/sys/class/net/$device/mtu" 2>/dev/null || echo 1500)
  ip link add "$link" mtu "$mtu" type veth peer name eth0 mtu "$mtu" netns "$link"
  ip link set "$link" alias "$root"
  ip address add "$subnet.1/30" dev "$link"
  ip link set "$link" up
  ip -n "$link" address add "$subnet.2/30" dev eth0
  ip -n "$link" link set lo up
  ip -n "$link" link set eth0 up
  ip -n "$link" route add default via "$subnet.1"
  echo 1 >/proc/sys/net/ipv4/ip_forward
  packet_rules -I
}

# What this engine made, and nothing that has its number but another's name.
remove_network() {
  own_number || return 0
  rm "$run/number"
  [ ! -e "/sys/class/net/$link" ] || owns_link || return 0
  while packet_rules -D; do :; done 2>/dev/null
  ip link delete "$link" 2>/dev/null || true
  ip netns delete "$link" 2>/dev/null || true
}

# packet_rules -I|-D: insert or delete.
packet_rules() {
  iptables -t nat "$1" POSTROUTING -s "$subnet.2" ! -o "$link" -j MASQUERADE &&
    iptables "$1" FORWARD -i "$link" -j ACCEPT &&
    iptables "$1" FORWARD -o "$link" -j ACCEPT
}
