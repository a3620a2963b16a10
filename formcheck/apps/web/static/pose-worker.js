// Finds one body in picture after picture, off the page's own thread. Loaded as a module, from this server alone.

let landmarker = null;
let first = null;
let last = -1;

self.onmessage = async ({ data }) => {
  try {
    if (data.open) {
      await open(data.open);
      self.postMessage({ open: true });
    } else {
      self.postMessage({ n: data.n, body: find(data.picture, data.t) });
    }
  } catch (error) {
    self.postMessage({ n: data.n, failed: String(error?.message ?? error).slice(0, 200) });
  }
};

async function open({ vendor, model }) {
  const { FilesetResolver, PoseLandmarker } = await import(`${vendor}/vision_bundle.mjs`);
  if (!(await FilesetResolver.isSimdSupported(true))) throw new Error("this browser is too old for wasm SIMD");
  const files = await FilesetResolver.forVisionTasks(`${vendor}/wasm`, true);
  const answer = await fetch(model);
  if (!answer.ok) throw new Error("the pose model could not be read");
  landmarker = await PoseLandmarker.createFromOptions(files, {
    baseOptions: { modelAssetBuffer: new Uint8Array(await answer.arrayBuffer()), delegate: "CPU" },
    runningMode: "VIDEO",
    numPoses: 1,
  });
}

function find(picture, t) {
  first ??= t; // the landmarker wants whole milliseconds that rise, and few enough for 31 bits
  last = Math.max(last + 1, Math.round((t - first) * 1000));
  const result = landmarker.detectForVideo(picture, last);
  picture.close();
  const points = result.landmarks[0];
  if (!points) return null;
  return {
    points: points.map((p) => [p.x, p.y]),
    visibility: points.map((p) => Math.min(1, Math.max(0, p.visibility ?? 0))),
    world: result.worldLandmarks[0]?.map((p) => [p.x, p.y, p.z]) ?? null,
  };
}
