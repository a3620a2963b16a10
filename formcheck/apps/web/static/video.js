// The page of one video: it waits for the result, then its marks and buttons show their moments.

import "./delete.js";

const EVERY_MS = 1000;
const $ = (id) => document.getElementById(id);

if ($("waiting")) wait();
if ($("player")) play($("player"), $("video"));
if ($("frame")) fit($("frame"));

function wait() {
  setTimeout(async () => {
    const answer = document.hidden ? null : await fetch($("waiting").dataset.from).catch(() => null);
    const text = answer?.ok ? await answer.text() : null;
    if (answer?.status === 404 || text === "") return location.reload(); // it ended, or was deleted elsewhere
    if (text !== null && text !== $("waiting").innerHTML) $("waiting").innerHTML = text;
    wait();
  }, EVERY_MS);
}

function play(player, video) {
  const length = Number(player.dataset.length);
  const share = (seconds) => `${Math.min(100, (100 * Math.max(0, seconds)) / length)}%`;
  const moments = [...player.querySelectorAll(".moment")];
  for (const moment of moments) {
    moment.style.left = share(moment.dataset.at);
    moment.style.width = share(moment.dataset.until - moment.dataset.at);
  }
  player.classList.add("ready");
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-at]");
    if (button) show(video, Number(button.dataset.at));
  });
  video.addEventListener("error", () => ($("lanes-hint").textContent = "The video cannot be played here."));
  if (moments.length) {
    keys(moments);
    followTime(player, video, share, moments);
  }
}

/** Stops at a moment, so that it can be looked at. */
function show(video, seconds) {
  video.pause();
  video.currentTime = seconds;
  video.scrollIntoView({ block: "nearest" });
  $("seen").textContent = `The video shows second ${seconds.toFixed(1)}.`;
}

/** One stop for the tab key; arrows go from mark to mark. */
function keys(moments) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  moments[0].tabIndex = 0;
  moments[0].parentElement.parentElement.addEventListener("keydown", (event) => {
    const at = moments.indexOf(event.target);
    const to = moments[at + (steps[event.key] ?? 0)];
    if (at < 0 || !to || to === event.target) return;
    event.preventDefault();
    moments[at].tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
}

function followTime(player, video, share, moments) {
  const head = player.querySelector(".head");
  const look = () => {
    head.style.left = share(video.currentTime);
    for (const m of moments) {
      m.classList.toggle("now", video.currentTime >= m.dataset.at && video.currentTime <= m.dataset.until);
    }
    if (!video.paused) requestAnimationFrame(look);
  };
  for (const type of ["play", "seeked", "timeupdate"]) video.addEventListener(type, look);
}

/** The report is as high as it needs. It holds no script, so this page measures it; its head stands here already. */
function fit(frame) {
  const measure = () => {
    const body = frame.contentDocument?.body;
    const head = body?.querySelector("header");
    if (!head) return;
    head.hidden = true;
    for (const part of body.children) part.style.maxWidth = "none";
    new ResizeObserver(() => (frame.style.height = `${body.scrollHeight}px`)).observe(body);
  };
  frame.addEventListener("load", measure);
  measure();
}
