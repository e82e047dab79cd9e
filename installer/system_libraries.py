"""The system libraries that Qt and OpenCV load on a bare Debian or Ubuntu: installed when root, else named with the command.

python3 installer/system_libraries.py run|develop|bench
"""

import os
import shutil
import subprocess
import sys

# Measured with ldd of every plug-in on bare Debian 12. Looked for by soname: Ubuntu 24.04 gave the packages other names.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ALWAYS = {"libgl1", "libx11-6", "libxcb1", "libglib2.0-0"}
"""Without these not even a picture is read; the others are for the windows and for what is printed."""
FONTS = {
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf": "fonts-noto-core",
    "/usr/share/fonts/opentype/ocr-b/OCRB.otf": "fonts-ocr-b",
}
"""What the windows are written in, and what the zone of training documents is printed in."""
PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}
"""What the tests with a real X display start."""


def missing(purpose: str) -> list[str]:
    """Debian packages that this purpose needs and this machine lacks."""
    known = subprocess.run([_ldconfig(), "-p"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - a fixed program
    there = {line.split()[0] for line in known.splitlines() if "=>" in line}
    packages = [package for soname, package in LIBRARIES.items() if soname not in there]
    packages += [package for path, package in FONTS.items() if not os.path.exists(path)]  # noqa: PTH110 - one look at fixed paths
    if purpose != "run":
        packages += [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    return packages


def _ldconfig() -> str:
    return shutil.which("ldconfig") or "/sbin/ldconfig"


def main(purpose: str) -> None:
    if shutil.which("apt-get") is None:
        return
    packages = missing(purpose)
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        told = f"Amaan needs system packages that are not installed. Install them with:\n  sudo {' '.join(command)}"
        if purpose != "run" or ALWAYS & set(packages):
            sys.exit(f"{told}\nand start again.")
        print(f"{told}\nUntil then there are no windows: the rest works in the terminal.", file=sys.stderr)
        return
    print(f"Installing {len(packages)} system packages.", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command[:2], "-qq", *command[2:]]):
        if subprocess.run(step, check=False, env=quiet, stdout=subprocess.DEVNULL).returncode:  # noqa: S603 - fixed programs
            sys.exit(f"The system packages could not be installed. Run:\n  {' '.join(command)}\nand start again.")


if __name__ == "__main__":
    main(sys.argv[1])
