"""Having LibreOffice read a file and save it as another."""

import subprocess
from pathlib import Path

SECONDS = 120


def converted(content: bytes, to: str, folder: Path, name: str = "return.xlsx") -> Path:
    """The folder with what LibreOffice makes of a file called `name`, by settings of its own."""
    source, made, profile = folder / name, folder / "made", folder / "profile"
    source.write_bytes(content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to,
         "--outdir", str(made), str(source)],
        check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip
    return made
