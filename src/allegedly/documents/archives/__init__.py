"""What holds many documents: ZIP, tar, WARC and WACZ."""

from allegedly.documents.archives.bounded import Bounded, in_memory
from allegedly.documents.archives.members import read_tar, read_zip
from allegedly.documents.archives.warc import read_warc

__all__ = ["Bounded", "in_memory", "read_tar", "read_warc", "read_zip"]
