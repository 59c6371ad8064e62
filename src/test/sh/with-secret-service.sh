#!/usr/bin/env bash
# Run a command inside a private, throw-away session bus with (or without) a Secret Service.
#   with-secret-service.sh [options] -- command [args...]
# Options
#   --mode unlocked   gnome-keyring, login collection created and unlocked (default)
#   --mode locked     gnome-keyring, login collection exists but is locked; no prompter reachable unless --prompter
#   --mode none       session bus, but nothing owns or can activate org.freedesktop.secrets
#   --mode nobus      no session bus at all (DBUS_SESSION_BUS_ADDRESS unset, empty XDG_RUNTIME_DIR)
#   --mode deadbus    DBUS_SESSION_BUS_ADDRESS points at a socket nobody listens on
#   --mode bare       session bus with normal activation files, nothing started by us
#   --home DIR        reuse DIR as HOME (keyring files survive in DIR/.local/share/keyrings)
#   --password PW     keyring password (default: test)
#   --prompter        in locked mode, leave the GCR prompter activatable
#   --display :N      give the bus DISPLAY=:N (e.g. an Xvfb), so that an unlock prompt really opens and waits; implies --prompter
#   --keep            do not delete the private HOME afterwards
# Inside, the command sees HOME, XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CONFIG_HOME,
# DBUS_SESSION_BUS_ADDRESS and SS_PID (pid of gnome-keyring-daemon, modes unlocked and locked),
# and can run "$SS_CTL" lock | unlock | kill | hang | resume | restart.
# The exit status is the command's. Needs: dbus-daemon, gnome-keyring, gdbus (libglib2.0-bin). No root, no display.
set -euo pipefail
mode=unlocked home= pw=test prompter=no keep=no display=
while [ $# -gt 0 ]; do case "$1" in
  --mode) mode=$2; shift 2;; --home) home=$2; shift 2;; --password) pw=$2; shift 2;;
  --display) display=$2; prompter=yes; shift 2;; --prompter) prompter=yes; shift;; --keep) keep=yes; shift;; --) shift; break;; *) break;;
esac; done
[ $# -gt 0 ] || { sed -n 2,21p "$0"; exit 64; }
self=$(readlink -f "$0"); export SS_CTL="$(dirname "$self")/ss-ctl.sh" SS_PASSWORD=$pw
root=$(mktemp -d "${TMPDIR:-/tmp}/ss.XXXXXX"); chmod 700 "$root"
pids=()
# a daemon that was stopped with SIGSTOP takes no SIGTERM
cleanup() { [ -f "$root/ss.pid" ] && pids+=("$(cat "$root/ss.pid")")
            for p in "${pids[@]:-}"; do [ -n "$p" ] && kill -9 "$p" 2>/dev/null || true; done
            [ "$keep" = yes ] && echo "kept $root" >&2 || rm -rf "$root"; }
trap cleanup EXIT
export HOME=${home:-$root/home} XDG_RUNTIME_DIR=$root/run
export XDG_DATA_HOME=$HOME/.local/share XDG_CONFIG_HOME=$HOME/.config XDG_CACHE_HOME=$HOME/.cache
mkdir -p "$HOME" "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME/keyrings" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"; chmod 700 "$HOME" "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME/keyrings"
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL SSH_AUTH_SOCK || true
[ -n "$display" ] && export DISPLAY=$display
case $mode in
  nobus)   set +e; "$@"; exit $?;;
  deadbus) export DBUS_SESSION_BUS_ADDRESS=unix:path=$root/nobody-listens; set +e; "$@"; exit $?;;
esac
# a private bus; service directory ours, so that nothing is activated behind our back
mkdir -p "$root/services"
case $mode in bare) cp /usr/share/dbus-1/services/*.service "$root/services/" 2>/dev/null || true;;
  *) [ $prompter = yes ] && cp /usr/share/dbus-1/services/org.gnome.keyring.*Prompter.service "$root/services/" || true;; esac
cat > "$root/bus.conf" <<XML
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><keep_umask/><listen>unix:path=$XDG_RUNTIME_DIR/bus</listen><auth>EXTERNAL</auth>
<servicedir>$root/services</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
XML
dbus-daemon --config-file="$root/bus.conf" --nofork --nopidfile --nosyslog >"$root/bus.log" 2>&1 & pids+=($!)
export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus SS_ROOT=$root
for _ in $(seq 100); do [ -S "$XDG_RUNTIME_DIR/bus" ] && break; sleep 0.02; done
case $mode in unlocked|locked)
  # --unlock reads the password from stdin up to EOF: a trailing newline becomes part of it, so printf '%s'
  printf '%s' "$pw" | gnome-keyring-daemon --foreground --unlock --components=secrets --control-directory="$XDG_RUNTIME_DIR/keyring" >"$root/gkd.log" 2>&1 &
  for _ in $(seq 250); do
    gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus -m org.freedesktop.DBus.GetConnectionUnixProcessID org.freedesktop.secrets >"$root/pid" 2>/dev/null && break; sleep 0.02; done
  SS_PID=$(sed 's/[^0-9 ]//g; s/32 //' "$root/pid" | tr -d ' '); export SS_PID; pids+=("$SS_PID"); echo "$SS_PID" > "$root/ss.pid"
  # the login collection appears a moment after the name; wait for it
  for _ in $(seq 250); do
    gdbus call --session -d org.freedesktop.secrets -o /org/freedesktop/secrets -m org.freedesktop.DBus.Properties.Get org.freedesktop.Secret.Service Collections 2>/dev/null | grep -q collection/login && break; sleep 0.02; done
  [ "$mode" = locked ] && "$SS_CTL" lock >/dev/null;;
esac
set +e; "$@"; rc=$?
exit $rc
