#!/bin/sh
# What both lists of steps check with: each line of output is one thing that holds, or does not. The list says how to `explain` what
# does not.
check() {
  what=$1
  shift
  if "$@"; then echo "ok   $what"; else
    echo "FAIL $what"
    explain
  fi
}
value() { systemctl show inkcast -p "$1" --value; }
is() { [ "$(value "$1")" = "$2" ]; }
# Waits for a status line that fits.
says() {
  for _ in $(seq 240); do
    value StatusText | grep -q "$1" && return 0
    sleep 0.5
  done
  return 1
}
of_process() { grep -q "$1" "/proc/$(value MainPID)/status"; }
restarted() {
  for _ in $(seq 120); do
    [ "$(value NRestarts)" -ge 1 ] && return 0
    sleep 0.5
  done
  return 1
}
linked() { [ "$(readlink /etc/inkcast/inkcast.yaml)" = /var/lib/inkcast/inkcast.yaml ]; }
stops_in_time() {
  begun=$(date +%s%3N)
  systemctl stop inkcast
  took=$(($(date +%s%3N) - begun))
  [ $took -lt 5000 ] && is Result success
}
