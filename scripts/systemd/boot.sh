#!/bin/sh
# boot.sh FOLDER REPOSITORY NODE: boots systemd over a copy-on-write view of this machine. See scripts/trial-systemd.ts.
set -e
if [ "$4" != inside ]; then
  # A control group of its own, which becomes the root of what it sees.
  for hierarchy in /sys/fs/cgroup/systemd /sys/fs/cgroup/devices /sys/fs/cgroup; do
    [ -e "$hierarchy/cgroup.procs" ] || continue
    mkdir -p "$hierarchy/inkcast-trial-$$"
    echo $$ > "$hierarchy/inkcast-trial-$$/cgroup.procs"
  done
  exec unshare --mount --pid --fork --uts --ipc --cgroup --net --kill-child --propagation private \
    sh "$0" "$1" "$2" "$3" inside
fi
FOLDER=$1 REPOSITORY=$2 NODE=$3 ROOT=$1/fs/root
mount -t tmpfs tmpfs "$FOLDER/fs"
mkdir "$FOLDER/fs/upper" "$FOLDER/fs/work" "$ROOT"
mount -t overlay overlay -o "lowerdir=/,upperdir=$FOLDER/fs/upper,workdir=$FOLDER/fs/work" "$ROOT"
mount -t proc proc "$ROOT/proc"
mount -t sysfs -o ro sysfs "$ROOT/sys"
if [ -e /sys/fs/cgroup/systemd ]; then
  mount -t tmpfs tmpfs "$ROOT/sys/fs/cgroup"
  mkdir "$ROOT/sys/fs/cgroup/systemd" "$ROOT/sys/fs/cgroup/devices"
  mount -t cgroup -o none,name=systemd,xattr cgroup "$ROOT/sys/fs/cgroup/systemd"
  mount -t cgroup -o devices cgroup "$ROOT/sys/fs/cgroup/devices"
else
  mount -t cgroup2 cgroup2 "$ROOT/sys/fs/cgroup"
fi
mount -t tmpfs -o mode=755 tmpfs "$ROOT/dev"
for device in null zero full random urandom tty; do
  touch "$ROOT/dev/$device"
  mount --bind "/dev/$device" "$ROOT/dev/$device"
done
mkdir "$ROOT/dev/pts" "$ROOT/dev/shm"
ln -s pts/ptmx "$ROOT/dev/ptmx"
ln -s /proc/self/fd "$ROOT/dev/fd"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$ROOT/dev/pts"
mount -t tmpfs tmpfs "$ROOT/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$ROOT/run"
mkdir "$ROOT/run/out"
mount --bind "$FOLDER/out" "$ROOT/run/out"

UNITS=$ROOT/etc/systemd/system
rm -rf "$UNITS" "$ROOT/etc/credstore" "$ROOT/etc/inkcast"
mkdir -p "$UNITS" "$ROOT/etc/inkcast"
cp "$REPOSITORY/systemd/inkcast.service" "$UNITS/"
cp "$FOLDER/inkcast.yaml" "$ROOT/etc/inkcast/"
: > "$ROOT/etc/machine-id"
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

cd "$ROOT"
mkdir oldroot
pivot_root . oldroot
umount -l /oldroot
mount --make-rshared /
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  chroot . /lib/systemd/systemd --unit=trial.target --log-target=console --show-status=no
