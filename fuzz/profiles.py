"""Fuzzes profiles: TOML, the profile that it makes, and a short guide read with it: python -m fuzz.profiles."""

from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import ProfileError
from extract.profile.files import FAMILY, load_profile
from extract.profile.toml_tables import FOLDER
from extract.pull import pull
from fuzz.loop import fuzz
from tests.support.records import read

ROOT = Path(__file__).parents[1]
OWN = f'name = "own"\nabout = "mine"\nextends = "{FAMILY}"\n'.encode()
SEEDS = [
    *(path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))),
    *(
        OWN + text
        for text in (b"", b'[labels]\nfunding = ["\xe6\x80\xbb\xe7\xbb\x8f\xe8\xb4\xb9"]\n', b"dictionary = []\n")
    ),
    (ROOT / "docs/example/guide_2031.toml").read_bytes(),
]
GUIDE = """“政府间国际科技创新合作”重点专项2017年度项目申报指南
本批指南拟支持约3个项目，国拨经费500万元，执行期2-3年。
1.1中美政府间科技合作项目
合作协议：《中美科技合作协定》。
领域方向：农业、能源等领域。
拟支持项目数：3个。
拟支持经费：500万元人民币。
其他要求：1）须在2017年5月1日前提交。2）企业配套经费不低于国拨经费。
""".encode()


def target(data: bytes) -> None:
    """Raises where a profile is neither refused with our own error nor reads a guide to a whole record."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "own.toml"
        path.write_bytes(data)
        try:
            rules = load_profile(path)
        except ProfileError:
            return
    read(pull(Path("guide.txt"), data=GUIDE), rules)


if __name__ == "__main__":
    fuzz(target, SEEDS)
