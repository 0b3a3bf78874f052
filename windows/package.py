#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes of a cross-build what is given to people: one folder that runs from anywhere, a zip of it,
and an installer.

Usage: package.py SYSROOT BUILD-FOLDER OUTPUT-FOLDER
"""
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
APP_ID = "io.github.threadmill.Threadmill"
HOST = "x86_64-w64-mingw32"
# What the libraries start or ask for by name: GLib's starter of processes, the session bus by
# which a second start finds the first window.
PROGRAMS = ["gspawn-win64-helper.exe", "gspawn-win64-helper-console.exe", "gdbus.exe"]
# Of no use on Windows.
UNUSED = ["share/applications", "share/bash-completion", "share/dbus-1", "share/man",
          "share/metainfo", "share/mime", "share/icons/hicolor/scalable",
          "share/icons/hicolor/symbolic"]
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
SYMBOLIC_SIZES = (16, 32, 64)
# Name of the pkg-config file, name, licence, where its source is.
LIBRARIES = [
    ("cairo", "cairo", "LGPL-2.1-only OR MPL-1.1", "https://cairographics.org"),
    ("epoxy", "libepoxy", "MIT", "https://github.com/anholt/libepoxy"),
    ("expat", "Expat", "MIT", "https://libexpat.github.io"),
    ("fontconfig", "Fontconfig", "HPND-sell-variant", "https://fontconfig.org"),
    ("freetype2", "FreeType", "FTL OR GPL-2.0-or-later", "https://freetype.org"),
    ("fribidi", "GNU FriBidi", "LGPL-2.1-or-later", "https://github.com/fribidi/fribidi"),
    ("gdk-pixbuf-2.0", "GdkPixbuf", "LGPL-2.1-or-later", "https://gitlab.gnome.org/GNOME/gdk-pixbuf"),
    ("glib-2.0", "GLib", "LGPL-2.1-or-later", "https://gitlab.gnome.org/GNOME/glib"),
    ("graphene-1.0", "Graphene", "MIT", "https://github.com/ebassi/graphene"),
    ("gtk4", "GTK", "LGPL-2.1-or-later", "https://gtk.org"),
    ("harfbuzz", "HarfBuzz", "MIT", "https://harfbuzz.github.io"),
    ("json-glib-1.0", "JSON-GLib", "LGPL-2.1-or-later", "https://gitlab.gnome.org/GNOME/json-glib"),
    ("libadwaita-1", "libadwaita", "LGPL-2.1-or-later", "https://gitlab.gnome.org/GNOME/libadwaita"),
    ("libffi", "libffi", "MIT", "https://github.com/libffi/libffi"),
    ("libjpeg", "libjpeg-turbo", "IJG AND BSD-3-Clause", "https://libjpeg-turbo.org"),
    ("libmicrohttpd", "GNU libmicrohttpd", "LGPL-2.1-or-later",
     "https://www.gnu.org/software/libmicrohttpd"),
    ("libnghttp2", "nghttp2", "MIT", "https://nghttp2.org"),
    ("libpcre2-8", "PCRE2", "BSD-3-Clause", "https://www.pcre.org"),
    ("libpng", "libpng", "libpng-2.0", "http://www.libpng.org"),
    ("libpsl", "libpsl", "MIT", "https://github.com/rockdaboot/libpsl"),
    ("libsoup-3.0", "libsoup", "LGPL-2.0-or-later", "https://libsoup.gnome.org"),
    ("libtiff-4", "LibTIFF", "libtiff", "https://libtiff.gitlab.io/libtiff"),
    ("pango", "Pango", "LGPL-2.0-or-later", "https://pango.gnome.org"),
    ("pixman-1", "pixman", "MIT", "https://pixman.org"),
    ("sqlite3", "SQLite", "public domain", "https://sqlite.org"),
    ("zlib", "zlib", "Zlib", "https://zlib.net"),
    (None, "GNU gettext's libintl", "LGPL-2.1-or-later", "https://www.gnu.org/software/gettext"),
    (None, "GCC's runtime libraries", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
    (None, "mingw-w64's winpthreads", "MIT", "https://www.mingw-w64.org"),
]


def run(*command, **options):
    """The output of a program, which must succeed."""
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE,
                          encoding="utf-8", **options).stdout


def imports(program):
    """The names of the DLLs that a program or DLL is linked to."""
    return re.findall(r"DLL Name: (\S+)", run(f"{HOST}-objdump", "-p", program))


def collect_libraries(sysroot, folder):
    """Copies the DLLs that the programs need beside them; the others are of the system."""
    there = {path.name.lower(): path for path in (sysroot / "bin").glob("*.dll")}
    for name in PROGRAMS:
        shutil.copy(sysroot / "bin" / name, folder)
    waiting = sorted(folder.glob("*.exe"))
    while waiting:
        for name in imports(waiting.pop()):
            library = there.get(name.lower())
            if library is not None and not (folder / library.name).exists():
                shutil.copy(library, folder)
                waiting.append(folder / library.name)


def symbolic_pictures(work):
    """The symbolic icons that the window shows, as SVG: of this repository, of libadwaita, of the
    icon theme. There is no SVG in the Windows build of GTK."""
    pictures = {path.stem: path for path in (ROOT / "resources/icons").rglob("*-symbolic.svg")}
    adwaita = next(pathlib.Path(run("pkg-config", "--variable=libdir", "libadwaita-1").strip())
                   .glob("libadwaita-1.so.0"))
    for name in run("gresource", "list", adwaita).split():
        if "/icons/" in name and name.endswith("-symbolic.svg"):
            path = work / pathlib.Path(name).name
            path.write_text(run("gresource", "extract", adwaita, name), encoding="utf-8")
            pictures[path.stem] = path
    theme = {path.stem: path
             for path in pathlib.Path("/usr/share/icons/Adwaita").rglob("*-symbolic.svg")}
    # What GTK itself shows in windows and rows.
    pictures.update((name, path) for name, path in theme.items() if path.parent.name == "ui")
    sources = [path for folder in ("src/app", "resources", "src/lessons", "data/lessons")
               for path in (ROOT / folder).rglob("*") if path.suffix in (".c", ".ui", ".css", ".json")]
    for source in sources:
        for name in re.findall(r"[a-z][a-z0-9-]+-symbolic", source.read_text(encoding="utf-8")):
            if name not in pictures and name in theme:
                pictures[name] = theme[name]
    return pictures


def add_icons(share, work):
    """Icons as PNG, where GTK looks for them."""
    folders = []
    pictures = symbolic_pictures(work)
    for size in SYMBOLIC_SIZES:
        folders.append(f"{size}x{size}/symbolic")
        target = share / "icons/Adwaita" / folders[-1]
        target.mkdir(parents=True)
        for picture in pictures.values():
            run("gtk4-encode-symbolic-svg", "-o", target, picture, f"{size}x{size}")
    text = ["[Icon Theme]", "Name=Adwaita", "Directories=" + ",".join(folders)]
    for size, folder in zip(SYMBOLIC_SIZES, folders):
        text += ["", f"[{folder}]", f"Size={size}", "Context=Actions", "Type=Fixed"]
    (share / "icons/Adwaita/index.theme").write_text("\n".join(text) + "\n", encoding="utf-8")

    text = ["[Icon Theme]", "Name=Hicolor",
            "Directories=" + ",".join(f"{size}x{size}/apps" for size in ICON_SIZES)]
    for size in ICON_SIZES:
        target = share / f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png"
        target.parent.mkdir(parents=True)
        run("rsvg-convert", "-w", size, "-h", size, "-o", target,
            ROOT / f"data/icons/hicolor/scalable/apps/{APP_ID}.svg")
        text += ["", f"[{size}x{size}/apps]", f"Size={size}", "Context=Applications", "Type=Fixed"]
    (share / "icons/hicolor/index.theme").write_text("\n".join(text) + "\n", encoding="utf-8")


def add_notices(sysroot, folder):
    """The licences, and what else is in the folder."""
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    lines = ["Threadmill is free software under the GNU General Public License, version 3 or later",
             "(LICENSE.txt). These libraries come with it, built from Debian's source packages by",
             "windows/build-sysroot in Threadmill's source.", ""]
    for package, name, licence, source in LIBRARIES:
        version = ""
        if package is not None:
            version = " " + run("pkg-config", "--modversion", package, env={
                "PATH": "/usr/bin:/bin", "PKG_CONFIG_LIBDIR": str(sysroot / "lib/pkgconfig")}).strip()
        lines.append(f"{name}{version}: {licence}, {source}")
    (folder / "THIRD-PARTY.txt").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")


def make_folder(sysroot, build, output):
    """Everything that runs, in one folder."""
    folder = output / "Threadmill"
    work = output / "work"
    for old in (folder, work):
        shutil.rmtree(old, ignore_errors=True)
    work.mkdir(parents=True)
    run("meson", "install", "-C", build, "--destdir", folder.resolve(), "--no-rebuild", "--quiet",
        "--strip")
    share = folder / "share"
    for name in UNUSED:
        shutil.rmtree(folder / name, ignore_errors=True)
    collect_libraries(sysroot, folder / "bin")
    for schema in (sysroot / "share/glib-2.0/schemas").glob("*.gschema.xml"):
        shutil.copy(schema, share / "glib-2.0/schemas")
    run("glib-compile-schemas", share / "glib-2.0/schemas")
    for schema in (share / "glib-2.0/schemas").glob("*.xml"):
        schema.unlink()
    # The files of fontconfig may be links to where they were made.
    fonts = folder / "etc/fonts"
    (fonts / "conf.d").mkdir(parents=True)
    shutil.copy(sysroot / "etc/fonts/fonts.conf", fonts)
    for path in (sysroot / "etc/fonts/conf.d").glob("*.conf"):
        shutil.copy(sysroot / "share/fontconfig/conf.avail" / path.name, fonts / "conf.d")
    add_icons(share, work)
    add_notices(sysroot, folder)
    shutil.rmtree(work)
    return folder


def make_zip(folder, path):
    """A zip whose names begin with the folder's."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder.parent))


def make_installer(folder, build, version, path):
    """An installer whose uninstaller removes what it installed and nothing else."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    folders = sorted({parent for file in files for parent in file.parents if parent.name},
                     key=lambda name: len(name.parts), reverse=True)
    install, remove = [], []
    for parent in sorted({file.parent for file in files}):
        install.append("SetOutPath \"$INSTDIR" + "".join(f"\\{part}" for part in parent.parts) + "\"")
        install += [f"File \"{folder.resolve() / file}\"" for file in files if file.parent == parent]
    for name in files:
        remove.append("Delete /REBOOTOK \"$INSTDIR\\" + "\\".join(name.parts) + "\"")
    for name in folders:
        remove.append("RMDir /REBOOTOK \"$INSTDIR\\" + "\\".join(name.parts) + "\"")
    lists = path.parent / "installer-files"
    lists.mkdir(exist_ok=True)
    (lists / "install.nsh").write_text("\n".join(install) + "\n", encoding="utf-8")
    (lists / "remove.nsh").write_text("\n".join(remove) + "\n", encoding="utf-8")
    size_kib = sum((folder / name).stat().st_size for name in files) // 1024
    run("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", f"-DVERSION={version}",
        f"-DSIZE_KIB={size_kib}", f"-DICON={(build / 'windows/threadmill.ico').resolve()}",
        f"-DFILES={lists.resolve()}", f"-DOUTPUT={path.resolve()}", ROOT / "windows/threadmill.nsi")
    shutil.rmtree(lists)


def main():
    """Makes all three."""
    sysroot, build, output = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    version = re.search(r"version: '([0-9.]+)'", (ROOT / "meson.build").read_text("utf-8")).group(1)
    output.mkdir(parents=True, exist_ok=True)
    folder = make_folder(sysroot, build, output)
    name = f"threadmill-{version}-windows-x86_64"
    make_zip(folder, output / f"{name}.zip")
    make_installer(folder, build, version, output / f"{name}-setup.exe")
    for path in (folder, output / f"{name}.zip", output / f"{name}-setup.exe"):
        print(path)


if __name__ == "__main__":
    main()
