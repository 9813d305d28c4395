"""Photographs as phones make them, whole and damaged."""

from io import BytesIO

from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

MAKER = "Telltale Phone Works"
RED, BLUE = (200, 20, 20), (20, 20, 200)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# Stored lying on its side: to be turned a quarter clockwise.
SIDEWAYS = 6


def photograph(image_format: str = "JPEG", size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    """A picture, its left half red and its right half blue as stored, with the place it was taken in its EXIF."""
    picture = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill=RED)
    for n in range(0, size[0], 16):
        ImageDraw.Draw(picture).line((n, 0, size[0] - n, size[1]), fill=(n % 250, 90, 60), width=1)
    exif = Image.Exif()
    exif[Base.Orientation] = SIDEWAYS
    exif[Base.Make] = MAKER
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (21.0, 2.0, 13.6)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "E", (105.0, 47.0, 41.6)
    buffer = BytesIO()
    if image_format == "HEIF":
        # A phone says "lying on its side" in the HEIF container; its writer takes that from here.
        picture.info["exif"] = exif.tobytes()
    picture.save(buffer, image_format, exif=exif, icc_profile=PROFILE, **options)
    return buffer.getvalue()


def drawing(size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG that carries nothing beside the picture."""
    buffer = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def first_part(content: bytes, percent: int) -> bytes:
    """What arrives of a file when the connection breaks."""
    return content[: len(content) * percent // 100]
