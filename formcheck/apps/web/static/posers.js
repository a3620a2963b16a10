// Two ways to find a body in the newest picture: here in the browser, or on the computer that runs formcheck.

const LONGEST = 640; // pixels; the network looks at a 256 x 256 cut-out
const OPEN_MS = 30_000;
const ANSWER_MS = 4_000;

/** Landmarks in the browser; only they leave the page. */
export class BrowserPoser {
  #worker;
  #waiting = new Map();
  #n = 0;

  /** Rejects where the browser cannot do it. */
  static async open(vendor, model) {
    const poser = new BrowserPoser();
    poser.#worker = new Worker("/assets/static/pose-worker.js", { type: "module" });
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("it took too long")), OPEN_MS);
      poser.#worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
      poser.#worker.onmessage = ({ data }) => {
        clearTimeout(late);
        data.open ? resolve() : reject(new Error(data.failed));
      };
      poser.#worker.postMessage({ open: { vendor, model } });
    }).catch((error) => {
      poser.close();
      throw error;
    });
    poser.#worker.onmessage = ({ data }) => poser.#waiting.get(data.n)?.(data);
    return poser;
  }

  /** Looks at the video as it is now; returns what the page draws. */
  async look(video, t, link) {
    const [width, height] = [video.videoWidth, video.videoHeight];
    const n = ++this.#n;
    const picture = await createImageBitmap(video, smaller(width, height));
    const found = await new Promise((resolve) => {
      this.#waiting.set(n, resolve);
      this.#worker.postMessage({ n, t, picture }, [picture]);
    });
    this.#waiting.delete(n);
    if (found.failed) throw new Error(found.failed);
    const body = found.body;
    const image = body && body.points.map(([x, y]) => [bound(x * width), bound(y * height)]);
    link.send({ t, width, height, image, visibility: body?.visibility ?? null, world: body?.world ?? null });
    return { width, height, points: image && image.map(([x, y], i) => [x, y, body.visibility[i]]) };
  }

  close() {
    this.#worker?.terminate();
    for (const resolve of this.#waiting.values()) resolve({ failed: "closed" });
  }
}

/** Pictures to the server's own landmarker; the next one only when the last was answered. */
export class ServerPoser {
  #canvas = document.createElement("canvas");

  async look(video, t, link) {
    const { resizeWidth, resizeHeight } = smaller(video.videoWidth, video.videoHeight);
    this.#canvas.width = resizeWidth;
    this.#canvas.height = resizeHeight;
    this.#canvas.getContext("2d").drawImage(video, 0, 0, resizeWidth, resizeHeight);
    const jpeg = await new Promise((resolve) => this.#canvas.toBlob(resolve, "image/jpeg", 0.75));
    const clock = new DataView(new ArrayBuffer(8));
    clock.setFloat64(0, t, true);
    const update = await link.ask(t, new Blob([clock, jpeg]), ANSWER_MS);
    return { width: resizeWidth, height: resizeHeight, points: update?.pose ?? null };
  }

  close() {}
}

function smaller(width, height) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return {
    resizeWidth: Math.max(16, Math.round(width * scale)),
    resizeHeight: Math.max(16, Math.round(height * scale)),
  };
}

function bound(pixels) {
  return Math.round(Math.max(-9e4, Math.min(9e4, pixels)) * 100) / 100;
}
