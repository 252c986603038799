import io, json, sys
import numpy as np, onnxruntime as ort
from PIL import Image, ImageCms, ImageOps


def opened(file):
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


def into(budget, w, h):
    """The largest size [width, height] of this shape with at most so many pixels."""
    scale = (budget / (w * h)) ** 0.5
    short = max(1, int(min(w, h) * scale))
    long = max(1, min(int(max(w, h) * scale), budget // short))
    return (short, long) if w <= h else (long, short)


def plan(w, h, policy):
    """The kept box [left, top, right, bottom] and the size [width, height] that a size policy gives."""
    box = (0, 0, w, h)
    if policy["kind"] == "area":
        area = policy["side"] ** 2
        size = tuple(min(area, max(1, int(a * (area / (w * h)) ** 0.5 + 0.5))) for a in (w, h))
    elif policy["kind"] == "fit":
        scale = policy["side"] / min(w, h)
        size = tuple(int(a * scale + 0.5) for a in (w, h))
        budget = min(16 * policy["side"] ** 2, 16777216)
        if size[0] * size[1] > budget:  # a strip beyond 16 : 1
            size = into(budget, w, h)
    elif policy["kind"] == "native":
        size = (w, h) if w * h <= policy["maxPixels"] else into(policy["maxPixels"], w, h)
    elif policy["kind"] == "crop":
        side = max(1, int(min(w, h) * 0.875 + 0.5))
        left, top = (w - side) // 2, (h - side) // 2
        box, size = (left, top, left + side, top + side), (224, 224)
    elif policy["kind"] == "warp":
        size = (224, 224)
    else:
        raise ValueError(f"unknown size policy: {policy}")
    return box, size


class Classifier:
    def __init__(self, model="model.onnx", threads=0):  # 0: all cores for each photo
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = ort.InferenceSession(model, options, providers=ort.get_available_providers())
        facts = self.session.get_modelmeta().custom_metadata_map
        self.classes = json.loads(facts["classes"])
        # How a photo is sized for each input: models that look at several sizes have one for each.
        self.policies = json.loads(facts.get("inputs", '{"image": %s}' % facts["policy"]))
        self.unknown_below = float(facts.get("unknown_below", 0))  # set with the run, in "When should it say unknown?"

    def probabilities(self, photo):  # bytes of an image file
        image = opened(io.BytesIO(photo))
        inputs = {name: self.pixels(image, policy) for name, policy in self.policies.items()}
        return self.session.run(None, inputs)[0][0]

    def pixels(self, image, policy):
        box, size = plan(*image.size, policy)
        # Channel by channel in floats: resizing in bytes would round twice.
        channels = [channel.convert("F").resize(size, Image.Resampling.BILINEAR, box) for channel in image.split()]
        return (np.stack([np.asarray(channel) for channel in channels]) / 255)[None].astype(np.float32)

    def answer(self, photo):  # never raises: one bad photo must not end a job of millions
        try:
            p = self.probabilities(photo)
            label = self.classes[p.argmax()] if p.max() >= self.unknown_below else "unknown"
            return {"label": label, "probability": float(p.max()), "error": ""}
        except Exception as error:
            return {"label": "", "probability": 0.0, "error": str(error)}


if __name__ == "__main__":
    classifier = Classifier()
    for path in sys.argv[1:]:
        print(path, classifier.answer(open(path, "rb").read()))
