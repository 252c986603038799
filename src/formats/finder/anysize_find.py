"""Finds things in photos with a finder from Anysize.

    python anysize_find.py photo.jpg other.png         one JSON object a line: photo, size, finds
    python anysize_find.py --coco --draw drawn *.jpg   one COCO file, and the photos with their boxes in the folder drawn

Needs onnxruntime, numpy and Pillow, and maps.onnx and windows.onnx beside it (or in --model FOLDER). Windows are those of OpenCV's selective
search where opencv-contrib-python is there, else of a grid, or of a file: --proposals FILE, {"photo.jpg": [[left, top, right, bottom], ...]}.
Boxes are left, top, right, bottom in pixels of the upright photo, half-open.
"""
import argparse, io, json, math, os, sys
import numpy as np, onnxruntime as ort
from PIL import Image, ImageCms, ImageDraw, ImageOps

PORTION = 128  # windows that are pooled at once: it bounds memory


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
    if policy["kind"] == "fit":
        scale = policy["side"] / min(w, h)
        size = tuple(int(a * scale + 0.5) for a in (w, h))
        budget = min(16 * policy["side"] ** 2, 16777216)
        if size[0] * size[1] > budget:  # a strip beyond 16 : 1
            size = into(budget, w, h)
    else:
        raise ValueError(f"unknown size policy: {policy}")
    return box, size


def grid(w, h, most):
    """Windows at five sizes and three aspects, each overlapping its neighbours by half; the whole photo first."""

    def starts(whole, piece):
        steps = math.ceil((whole - piece) / (piece * 0.5))
        return [i * (whole - piece) / steps for i in range(steps + 1)] if steps > 0 else [0]

    boxes = [[0, 0, w, h]]
    for side in (1, 0.7, 0.5, 0.35, 0.25):
        for aspect in (1, 0.5, 2):
            bw = min(w, side * min(w, h) * aspect**0.5)
            bh = min(h, side * min(w, h) / aspect**0.5)
            boxes += [[left, top, left + bw, top + bh] for top in starts(h, bh) for left in starts(w, bw)]
    return boxes[:most]


def searched(image, most):
    """Selective search (Uijlings et al. 2013) by OpenCV at a longer side of 300; the whole photo first. None without it."""
    try:
        import cv2

        search = cv2.ximgproc.segmentation.createSelectiveSearchSegmentation()
    except (ImportError, AttributeError):
        return None
    scale = 300 / max(image.size)
    small = image.resize([max(1, round(side * scale)) for side in image.size], Image.Resampling.BILINEAR)
    cv2.setRNGSeed(1)
    search.setBaseImage(np.ascontiguousarray(np.asarray(small)[:, :, ::-1]))
    search.switchToSelectiveSearchFast(50, 50, 0.8)
    x, y, w, h = search.process()[:most].T / scale
    found = np.stack([x, y, np.minimum(x + w, image.width), np.minimum(y + h, image.height)], 1)
    return [[0, 0, *image.size], *found.tolist()]


def iou(box, boxes):
    """Intersection over union of one box with many."""
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    both = sides.clip(0).prod(1)
    return both / ((box[2:] - box[:2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(1) - both)


class Finder:
    def __init__(self, folder=".", threads=0):  # 0: all cores for each photo
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        open_ = lambda name: ort.InferenceSession(
            os.path.join(folder, name), options, providers=ort.get_available_providers()
        )
        self.maps, self.windows = open_("maps.onnx"), open_("windows.onnx")
        facts = self.windows.get_modelmeta().custom_metadata_map
        self.classes = json.loads(facts["classes"])  # name, threshold, platt
        self.settings = json.loads(facts["settings"])
        self.policy = json.loads(facts["policy"])

    def proposals(self, image):
        """Boxes that may hold a thing."""
        most = self.settings["proposals"]["max"]
        found = searched(image, most) if self.settings["proposals"]["kind"] == "search" else None
        return found or grid(*image.size, most)

    def scores(self, image, boxes):
        """Scores [n, K] of boxes, and each box as each class's regressor moves it [n, K, 4]."""
        _, size = plan(*image.size, self.policy)
        scale = np.array([size[0] / image.width, size[1] / image.height] * 2)
        # Channel by channel in floats: resizing in bytes would round twice.
        channels = [channel.convert("F").resize(size, Image.Resampling.BILINEAR) for channel in image.split()]
        pixels = (np.stack([np.asarray(channel) for channel in channels]) / 255)[None].astype(np.float32)
        maps = dict(zip([out.name for out in self.maps.get_outputs()], self.maps.run(None, {"image": pixels})))
        given = {**maps, "size": np.float32(size)}
        scaled = (np.asarray(boxes, float).reshape(-1, 4) * scale).astype(np.float32)
        parts = [
            self.windows.run(["scores", "regressed"], {**given, "boxes": scaled[at : at + PORTION]})
            for at in range(0, len(scaled), PORTION)
        ]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]) / scale

    def find(self, image, boxes=None, threshold=None):
        """Finds, best first: label, score, probability, box. Without a threshold from each class's own score on."""
        boxes = self.proposals(image) if boxes is None else boxes
        if len(boxes) == 0:
            return []
        scores, regressed = self.scores(image, boxes)
        finds = []
        for k, one in enumerate(self.classes):
            found = self.of_class(scores[:, k].astype(float), regressed[:, k])
            least = one["threshold"] if threshold is None else threshold
            for score, box in found:
                if score >= least:
                    z = one["platt"]["slope"] * score + one["platt"]["offset"]
                    p = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
                    finds.append({"label": one["name"], "score": score, "probability": p, "box": box})
        return sorted(finds, key=lambda find: -find["score"])

    def of_class(self, scores, boxes):
        """The best windows, suppressed, each where the vote of its neighbours puts it: [(score, box)]."""
        settings = self.settings
        best = np.argsort(-scores, kind="stable")[: settings["windows"]]
        scores, boxes = scores[best], boxes[best]
        real = (boxes[:, 2:] - boxes[:, :2]).min(1) > 0
        scores, boxes = scores[real], boxes[real]
        weights = np.maximum(1e-3, 1 / (1 + np.exp((-2 * scores).clip(-700, 700))))
        kept, found = [], []
        for i, box in enumerate(boxes):
            if len(kept) >= settings["most"]:
                break
            if (iou(box, boxes[kept]) > settings["suppression"]).any():
                continue
            kept.append(i)
            near = iou(box, boxes) > 0.5
            placed = np.average(boxes[near], axis=0, weights=weights[near]) if settings["voting"] else box
            found.append((float(scores[i]), [float(side) for side in placed]))
        return found


COLOURS = ["#e4572e", "#2e86ab", "#76b041", "#ffc914", "#9b5de5", "#00bbf9", "#f15bb5", "#8d6a48"]


def draw(image, finds, labels, path):
    drawn = image.copy()
    pen = ImageDraw.Draw(drawn)
    line = max(2, round(min(image.size) / 200))
    for find in reversed(finds):
        colour = COLOURS[labels.index(find["label"]) % len(COLOURS)]
        left, top, right, bottom = find["box"]
        pen.rectangle([left, top, max(left, right - 1), max(top, bottom - 1)], outline=colour, width=line)
        text = f"{find['label']} {find['probability']:.0%}"
        pen.rectangle(pen.textbbox((left + line, top + line), text), fill=colour)
        pen.text((left + line, top + line), text, fill="black")
    drawn.save(path)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("photos", nargs="+")
    options.add_argument("--model", default=os.path.dirname(os.path.abspath(__file__)), help="folder of the two models")
    options.add_argument("--proposals", help="JSON file: boxes by the photo's name")
    options.add_argument("--threshold", type=float, help="least score; else each class's own")
    options.add_argument("--coco", action="store_true", help="one COCO file in place of lines")
    options.add_argument("--draw", metavar="FOLDER", help="writes the photos with their boxes")
    given = options.parse_args()
    finder = Finder(given.model)
    labels = [one["name"] for one in finder.classes]
    with open(given.proposals, encoding="utf-8") if given.proposals else io.StringIO("null") as file:
        proposals = json.load(file)
    coco = {"images": [], "annotations": [], "categories": [{"id": i + 1, "name": n} for i, n in enumerate(labels)]}
    failed = 0
    for path in given.photos:
        name = os.path.basename(path)
        try:
            image = opened(path)
            boxes = None if proposals is None else proposals.get(path, proposals.get(name))
            if proposals is not None and boxes is None:
                raise ValueError(f"{given.proposals} has no windows of {name}")
            finds = finder.find(image, boxes, given.threshold)
            if given.draw:
                os.makedirs(given.draw, exist_ok=True)
                draw(image, finds, labels, os.path.join(given.draw, os.path.splitext(name)[0] + ".png"))
        except Exception as error:  # one bad photo must not end a job of millions
            failed += 1
            print(f"{path}: {error}", file=sys.stderr)
            if not given.coco:
                print(json.dumps({"photo": path, "error": str(error)}), flush=True)
            continue
        if not given.coco:
            print(json.dumps({"photo": path, "size": image.size, "finds": finds}), flush=True)
            continue
        number = len(coco["images"]) + 1
        coco["images"].append({"id": number, "file_name": name, "width": image.width, "height": image.height})
        for find in finds:
            left, top, right, bottom = find["box"]
            coco["annotations"].append(
                {
                    "id": len(coco["annotations"]) + 1,
                    "image_id": number,
                    "category_id": labels.index(find["label"]) + 1,
                    "bbox": [left, top, right - left, bottom - top],
                    "area": (right - left) * (bottom - top),
                    "iscrowd": 0,
                    "score": find["probability"],
                }
            )
    if given.coco:
        print(json.dumps(coco))
    return 1 if failed == len(given.photos) else 0


if __name__ == "__main__":
    sys.exit(main())
