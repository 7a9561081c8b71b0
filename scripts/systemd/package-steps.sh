#!/bin/sh
# What is tried with the packaged service under systemd, by a service of it: each line of output is one thing that holds, or does not.
check() {
  what=$1
  shift
  if "$@"; then echo "ok   $what"; else
    echo "FAIL $what"
    systemctl status --no-pager -l inkcast
    journalctl --no-pager -u inkcast | tail -n 20
  fi
}
value() { systemctl show inkcast -p "$1" --value; }
is() { [ "$(value "$1")" = "$2" ]; }
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
# The broker keeps the newest reading for whoever comes.
arrives() {
  for _ in $(seq 60); do
    mosquitto_sub -h 127.0.0.1 -t 'inkcast/+/reading' -C 1 -W 5 | grep -q '"text":"407"' && return 0
    sleep 0.5
  done
  return 1
}
stops_in_time() {
  begun=$(date +%s%3N)
  systemctl stop inkcast
  took=$(($(date +%s%3N) - begun))
  [ $took -lt 5000 ] && is Result success
}

systemctl --version | head -n 1 | sed 's/^/     /'
check 'the package has started it at boot' is UnitFileState enabled
check 'it is active' is ActiveState active
check 'a reading of the camera arrives at the broker' arrives
check 'it says so' says '^Reading 407; camera ok; broker connected$'
check 'it has no capability' of_process '^CapBnd:.0*$'
check 'it filters system calls' of_process '^Seccomp:.2$'
check 'it has taken over the configuration that was there' linked
kill -KILL "$(value MainPID)"
check 'it is started again when it was killed' restarted
check 'it reads again' says '^Reading 407; camera ok; broker connected$'
check 'it stops within 5 s' stops_in_time
echo done
