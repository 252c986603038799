/**
 * A Python function `opened(file)` that opens a photo as a browser shows it; it needs `io` and Pillow's Image, ImageCms and ImageOps, and numpy as
 * np. Pillow alone clips 16-bit grey to white and leaves colour profiles aside.
 */
export const PYTHON_OPENED = `def opened(file):
    """A photo as a browser shows it: upright, in sRGB, 8 bits a colour, on white."""
    image = ImageOps.exif_transpose(Image.open(file))
    if image.mode.startswith("I"):  # 16 bits of grey
        image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8))
    if image.mode in ("P", "PA", "LA", "1") or "transparency" in image.info:
        image = image.convert("RGBA")
    if profile := image.info.get("icc_profile"):
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        colours = image.convert("RGB") if alpha else image
        try:
            colours = ImageCms.profileToProfile(
                colours, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):  # not a profile of these colours: browsers leave it aside too
            colours = colours.convert("RGB")
        image = colours
        if alpha:
            image.putalpha(alpha)
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
`;
