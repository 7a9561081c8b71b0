#!/bin/sh
# What is tried under systemd, by a service of it: each line of output is one thing that holds, or does not.
check() {
  what=$1
  shift
  if "$@"; then echo "ok   $what"; else
    echo "FAIL $what"
    systemctl show inkcast -p ActiveState -p Result -p ExecMainStatus -p StatusText
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
owned() { [ "$(stat -c %U:%a /var/lib/private/inkcast)" = inkcast:700 ]; }
stops_in_time() {
  begun=$(date +%s%3N)
  systemctl stop inkcast
  took=$(($(date +%s%3N) - begun))
  [ $took -lt 5000 ] && is Result success
}

check 'starts without a broker and without the password' systemctl start inkcast
check 'says that the password is missing' says 'no broker: .*inkcast.mqtt-password'
check 'reads nevertheless' says '^Reading [0-9]'
check 'has no capability' of_process '^CapBnd:.0*$'
check 'is in video and plugdev' of_process '^Groups:.44 46 '
check 'filters system calls' of_process '^Seccomp:.2$'
check 'keeps its state for itself' owned

mkdir -m 700 /etc/credstore
printf 'secret\n' > /etc/credstore/inkcast.mqtt-password
chmod 600 /etc/credstore/inkcast.mqtt-password
systemctl start broker
check 'restarts with the password' systemctl restart inkcast
check 'connects with it' says '^Reading .*; camera ok; broker connected$'

sed -i 's#^camera:.*#camera: { source: video, file: /run/out/note.mp4, loop: true }#' /etc/inkcast/inkcast.yaml
systemctl restart inkcast
check 'reads what a child program (ffmpeg) decodes' says '^Reading 407; camera ok; broker connected$'

mkdir -p /run/systemd/system/inkcast.service.d
printf '[Service]\nWatchdogSec=10\n' > /run/systemd/system/inkcast.service.d/watchdog.conf
systemctl daemon-reload
systemctl restart inkcast
says 'broker connected$'
sleep 15
check 'outlives a watchdog of 10 s' is NRestarts 0
kill -STOP "$(value MainPID)"
check 'is ended and started again by it when the process hangs' restarted
check 'reads again' says '^Reading .*; camera ok; broker connected$'
check 'stops within 5 s' stops_in_time

echo 'nonsense: 1' >> /etc/inkcast/inkcast.yaml
systemctl start inkcast 2> /dev/null
sleep 7
check 'ends with 2 for a wrong configuration, and is not started again' is ExecMainStatus 2
check 'has failed then' is ActiveState failed
echo done
