#!/bin/sh
# What is tried under systemd, by a service of it (checks.sh).
. /run/out/checks.sh
explain() { systemctl show inkcast -p ActiveState -p Result -p ExecMainStatus -p StatusText; }
asks() {
  curl -sS --fail-with-body -X POST "http://127.0.0.1:8765/api/$1" -H 'content-type: application/json' -d "$2" \
    -o /run/out/answer || { cat /run/out/answer && false; }
}
keeps_versions() { [ "$(stat -c %U:%a /var/lib/private/inkcast/inkcast.yaml.versions)" = inkcast:700 ]; }
called() { curl -fsS http://127.0.0.1:8765/api/state | grep -q "\"device\":\"$1\""; }
owned() { [ "$(stat -c %U:%a /var/lib/private/inkcast)" = inkcast:700 ]; }

check 'starts without a broker and without the password' systemctl start inkcast
check 'says that the password is missing' says 'no broker: .*inkcast.mqtt-password'
check 'reads nevertheless' says '^Reading [0-9]'
check 'has no capability' of_process '^CapBnd:.0*$'
check 'is in video and plugdev' of_process '^Groups:.44 46 '
check 'filters system calls' of_process '^Seccomp:.2$'
check 'keeps its state for itself' owned
check 'has taken over the configuration that was there' linked
check 'saves settings from the page' asks settings/save '{"changes":{"device.name":"saved"}}'
check 'has them in the file' grep -q saved /etc/inkcast/inkcast.yaml
check 'keeps the earlier version for itself' keeps_versions
check 'ends when the page asks for a restart' asks restart '{}'
check 'is started again by systemd' restarted
says '^Reading [0-9]'
check 'runs with what the page has saved' called saved

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

systemctl stop inkcast
rm /etc/inkcast/inkcast.yaml /var/lib/private/inkcast/inkcast.yaml
systemctl start inkcast
check 'waits for a first visit without a configuration' says 'No camera is configured'
answers='{"camera":"/run/out/note.mp4","name":"first","broker":"127.0.0.1","username":"desk","password":"secret"}'
check 'takes the answers of the first steps' asks setup "$answers"
check 'starts again with them' asks restart '{}'
check 'reads then, and its broker accepts the password' says '^Reading 407; camera ok; broker connected$'

systemctl stop inkcast
echo 'nonsense: 1' >> /etc/inkcast/inkcast.yaml
systemctl start inkcast 2> /dev/null
sleep 7
check 'ends with 2 for a wrong configuration, and is not started again' is ExecMainStatus 2
check 'has failed then' is ActiveState failed
echo done
