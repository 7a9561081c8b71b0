#!/bin/sh
# prepare-clone.sh ROOT FOLDER REPOSITORY NODE: puts the unit of a clone in place, which runs the clone's program. For boot.sh.
set -e
ROOT=$1 FOLDER=$2 REPOSITORY=$3 NODE=$4
UNITS=$ROOT/etc/systemd/system
rm -rf "$UNITS" "$ROOT/etc/credstore" "$ROOT/etc/inkcast"
mkdir -p "$UNITS" "$ROOT/etc/inkcast"
cp "$REPOSITORY/systemd/inkcast.service" "$UNITS/"
cp "$FOLDER/inkcast.yaml" "$ROOT/etc/inkcast/"
rm -f "$ROOT/usr/bin/inkcast"
printf '#!/bin/sh\nexec %s %s/device/bin/inkcast.js "$@"\n' "$NODE" "${REPOSITORY%/}" > "$ROOT/usr/bin/inkcast"
chmod 755 "$ROOT/usr/bin/inkcast"
# It would empty /tmp, which takes minutes where much is there, and a repository may be there too.
ln -s /dev/null "$UNITS/systemd-tmpfiles-setup.service"
mkdir "$UNITS/inkcast.service.d"
printf '[Service]\nStandardOutput=append:/run/out/inkcast.log\nStandardError=append:/run/out/inkcast.log\n' \
  > "$UNITS/inkcast.service.d/log.conf"
printf '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/usr/sbin/mosquitto -c /run/out/mosquitto.conf\n' \
  > "$UNITS/broker.service"
printf '[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/bin/sh /run/out/steps.sh\n%s\n%s\n' \
  'StandardOutput=append:/run/out/trial.log' 'ExecStopPost=/bin/systemctl exit' > "$UNITS/trial.service"
printf '[Unit]\nDefaultDependencies=no\nRequires=trial.service\nAllowIsolate=yes\n' > "$UNITS/trial.target"
