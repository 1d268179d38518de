"use strict";
// Every animation of the film runs on one clock: to stop or to jump is to set that clock in all of them.
const running = document.querySelector("#film svg").getAnimations({ subtree: true });
const seconds = Number(document.body.dataset.seconds);
const marks = [...document.querySelectorAll("nav a")].map((link) => ({ link, at: Number(link.dataset.at) }));
const place = document.querySelector("#place"), time = document.querySelector("#time"), pause = document.querySelector("#pause");
const clock = (at) => `${Math.floor(at / 60)}:${String(Math.floor(at % 60)).padStart(2, "0")}`;
let since = document.timeline.currentTime, before = 0, playing = true;
const now = () => Math.min(before + (playing ? (document.timeline.currentTime - since) / 1000 : 0), seconds);

function go(at, play) {
  before = at;
  since = document.timeline.currentTime;
  playing = play && at < seconds;
  for (const each of running) {
    each.currentTime = at * 1000;
    if (playing) each.play(); else each.pause();
    each.currentTime = at * 1000;
  }
  show();
}

function show() {
  const at = now();
  if (at >= seconds) playing = playing && false;
  if (at >= seconds) before = seconds;
  place.value = at;
  place.setAttribute("aria-valuetext", clock(at));
  time.textContent = `${clock(at)} of ${clock(seconds)}`;
  pause.textContent = playing ? "Pause" : at >= seconds ? "Play again" : "Go on";
  const last = marks.filter((mark) => mark.at <= at + 0.01).pop();
  for (const mark of marks) {
    if (mark === last) mark.link.setAttribute("aria-current", "true"); else mark.link.removeAttribute("aria-current");
  }
}

if (running.length) {
  document.querySelector("#controls").hidden = false;
  pause.addEventListener("click", () => go(playing ? now() : now() >= seconds ? 0 : now(), !playing));
  document.querySelector("#restart").addEventListener("click", () => go(0, true));
  place.addEventListener("input", () => go(Number(place.value), playing));
  for (const mark of marks) {
    mark.link.addEventListener("click", (event) => { event.preventDefault(); go(mark.at, true); });
  }
  const tick = () => { show(); requestAnimationFrame(tick); };
  go(0, true);
  tick();
}
