"""What a phone does to the light: lens, sensor, processing, and the file it writes."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from kit import Array, soft

MAX_BYTES = 540_000


def develop(light: Array, exposure: float, wb: tuple[float, float, float], seed: int) -> Array:
    """Linear light to the 8-bit picture a phone would show."""
    rng = np.random.default_rng(seed)
    h, w = light.shape[:2]
    img = _lens(light * exposure * np.asarray(wb, np.float32))
    k = max(h, w) / 2048
    # Glare inside the lens, and light falling off to the corners.
    hot = np.clip(img - 0.9, 0, 12)
    for s, a in ((3, 0.05), (14, 0.025), (60, 0.012)):
        img = img + a * soft(hot, s * k)
    img = img + 0.006 * soft(img, 120 * k)
    yy, xx = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
    img = img * (1 - 0.13 * (xx**2 + yy**2))[..., None].astype(np.float32)
    # Sensor noise, then the phone's own smoothing, which leaves a soft, slightly blotchy picture.
    img = np.clip(img + rng.normal(0, 1, img.shape) * np.sqrt(0.00030 * np.clip(img, 0, 2) + 0.000012), 0, None)
    g = np.clip(img.astype(np.float32), 0, 4) ** (1 / 2.2)
    fine = cv2.bilateralFilter(g, 5, 0.09, 1.6)
    y = g @ np.array([0.25, 0.6, 0.15], np.float32)
    g = 0.72 * fine + 0.28 * (soft(g, 0.6) + (y - soft(y, 0.6))[..., None] * 0.5)
    # Shadows lifted a little over wide areas (the phone's HDR), then a contrast curve with a soft shoulder.
    y = g @ np.array([0.25, 0.6, 0.15], np.float32)
    wide = cv2.ximgproc.guidedFilter(y, y, 40, 0.02) if hasattr(cv2, "ximgproc") else soft(y, 45 * k)
    g = g * (np.clip(wide, 0.05, 1.5) / 0.5)[..., None] ** -0.16
    g = np.where(g < 0.7, g, 0.7 + 0.34 * np.tanh((g - 0.7) / 0.34))
    g = np.clip(g, 0, 1.02)
    g = g + 0.11 * np.sin((g - 0.5) * 2 * np.pi) / np.pi * (g < 1)
    y = g @ np.array([0.3, 0.59, 0.11], np.float32)
    g = y[..., None] + 1.10 * (g - y[..., None])
    # Oversharpening on brightness only, as phones do.
    y2 = y + np.clip(0.55 * (y - soft(y, 1.1)), -0.06, 0.06) + np.clip(0.22 * (y - soft(y, 3.0)), -0.05, 0.05)
    g = g + (y2 - y)[..., None]
    # What grain is left: more in the shadows, a little colour in it.
    n = soft(rng.normal(0, 1, (h, w)), 0.65) * 1.8
    c = np.stack([soft(rng.normal(0, 1, (h, w)), 2.2) for _ in range(3)], -1) * 7
    amp = (0.0055 + 0.008 * (1 - np.clip(y, 0, 1)) ** 2)[..., None]
    g = g + amp * n[..., None] + amp * 0.32 * c
    return (np.clip(g, 0, 1) * 255 + 0.5).astype(np.uint8)


def _lens(img: Array) -> Array:
    """Slight barrel distortion, a trace of colour fringing, softer corners."""
    h, w = img.shape[:2]
    yy, xx = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j].astype(np.float32)
    r2 = xx**2 * (w / h if w < h else 1) + yy**2 * (h / w if h < w else 1)
    out = []
    for c, fringe in zip(range(3), (0.9996, 1.0, 1.0005)):
        k = (1 + 0.014 * r2) / 1.030 * fringe
        out.append(
            cv2.remap(
                np.ascontiguousarray(img[..., c]),
                (xx * k + 1) * (w - 1) / 2,
                (yy * k + 1) * (h - 1) / 2,
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REFLECT,
            )
        )
    img = np.stack(out, -1)
    t = np.clip((r2 - 0.7) / 1.2, 0, 1)[..., None] * 0.8
    return img * (1 - t) + soft(img, 1.1) * t


def _exif(when: str, sideways: bool) -> Image.Exif:
    """What a phone notes beside the pixels; the maker is made up and there is no place in it."""
    exif = Image.Exif()
    exif[0x010F] = "示例手机".encode()  # Make
    exif[0x0110] = "Demo"  # Model
    exif[0x0112] = 6 if sideways else 1  # Orientation
    exif[0x0132] = when  # DateTime
    sub = exif.get_ifd(0x8769)
    sub[0x9003] = sub[0x9004] = when  # DateTimeOriginal, DateTimeDigitized
    sub[0x829A] = IFDRational(1, 50)  # ExposureTime
    sub[0x829D] = IFDRational(18, 10)  # FNumber
    sub[0x8827] = 250  # ISO
    sub[0x920A] = IFDRational(55, 10)  # FocalLength
    sub[0xA405] = 26  # FocalLengthIn35mmFilm
    return exif


def save(img: Array, path: Path, when: str, sideways: bool = False) -> int:
    """Write the picture as a phone stores it; sideways keeps landscape pixels and says Orientation=6."""
    pic = Image.fromarray(np.ascontiguousarray(np.rot90(img)) if sideways else img)
    buf = io.BytesIO()
    for quality in range(92, 60, -2):
        buf = io.BytesIO()
        pic.save(buf, "JPEG", quality=quality, subsampling="4:2:0", exif=_exif(when, sideways), optimize=True)
        if buf.tell() <= MAX_BYTES:
            break
    path.write_bytes(buf.getvalue())
    return buf.tell()
