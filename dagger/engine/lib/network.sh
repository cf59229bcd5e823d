# shellcheck shell=bash
# The engine has a network namespace of its own, so that its bridge, packet rules and name server meet no
# others and go when it goes. One link and three rules join it to the machine's network.

make_network() {
  local device mtu
  remove_network
  device=$(ip route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p;q')
  mtu=$(cat "/sys/class/net/$device/mtu" 2>/dev/null || echo 1500)
  ip netns add "$link"
  ip link add "$link" mtu "$mtu" type veth peer name eth0 mtu "$mtu" netns "$link"
  ip address add "$subnet.1/30" dev "$link"
  ip link set "$link" up
  ip -n "$link" address add "$subnet.2/30" dev eth0
  ip -n "$link" link set lo up
  ip -n "$link" link set eth0 up
  ip -n "$link" route add default via "$subnet.1"
  echo 1 >/proc/sys/net/ipv4/ip_forward
  packet_rules -I
}

remove_network() {
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
