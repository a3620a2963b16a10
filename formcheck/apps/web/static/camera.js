// The camera: opening it, saying in plain words why it will not open, and its newest picture.

const WORDS = {
  NotAllowedError:
    "The browser may not use the camera. Allow it in the address bar (the camera sign), then press Start again.",
  NotFoundError: "There is no camera. Plug one in, then press Start again.",
  OverconstrainedError: "That camera is not there any more. Choose another one.",
  NotReadableError: "The camera is in use. Close the other program or tab that has it, then press Start again.",
  AbortError: "The camera did not start. Unplug it and plug it in again, then press Start again.",
  SecurityError: "The browser's settings forbid the camera for this page.",
};
const INSECURE =
  "Browsers give the camera only to pages from this computer itself (http://localhost) or over https. " +
  "Open the page at http://localhost, or start formcheck with --certificate.";

/** Shows a camera in `video`; throws an Error whose message is for people. */
export async function openCamera(video, deviceId) {
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) throw new Error(INSECURE);
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "user" };
  const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 }, ...which };
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  } catch (error) {
    throw new Error(WORDS[error.name] ?? `The camera did not start (${error.name}).`);
  }
  closeCamera(video);
  video.srcObject = stream;
  await video.play();
  return stream.getVideoTracks()[0];
}

export function closeCamera(video) {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
}

/** The id of the camera after the one in use; null if there is only one. */
export async function otherCamera(track) {
  const all = (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === "videoinput");
  const at = all.findIndex((d) => d.deviceId === track.getSettings().deviceId);
  return all.length > 1 ? all[(at + 1) % all.length].deviceId : null;
}

/** Waits for pictures: `next` gives the newest at once if it was not looked at yet. */
export class Pictures {
  #video;
  #fresh = false;
  #waiting = null;
  #on = true;

  constructor(video) {
    this.#video = video;
    this.#watch();
  }

  /** Resolves to false once stopped. */
  next() {
    if (this.#fresh || !this.#on) {
      this.#fresh = false;
      return Promise.resolve(this.#on);
    }
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  stop() {
    this.#on = false;
    this.#waiting?.(false);
  }

  #watch() {
    const arrived = () => {
      this.#fresh = !this.#waiting;
      const waiting = this.#waiting;
      this.#waiting = null;
      waiting?.(this.#on);
      if (this.#on) this.#watch();
    };
    if (this.#video.requestVideoFrameCallback) this.#video.requestVideoFrameCallback(arrived);
    else setTimeout(arrived, 33);
  }
}
