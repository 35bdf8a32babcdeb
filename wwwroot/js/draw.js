// A name drawn with finger, pen or mouse on a sheet of 600 by 200; kept as points in a hidden field. Whoever types only
// leaves it empty.
const longest = 8 * 1024;

for (const field of document.querySelectorAll("[data-draw]")) begin(field);

function begin(field) {
  const canvas = field.querySelector("canvas"), kept = field.querySelector("input"), pen = canvas.getContext("2d");
  let strokes = kept.value ? kept.value.split(";").map(stroke => stroke.split(" ").map(point => point.split(",").map(Number))) : [];
  let drawing = null;

  const at = event => {
    const box = canvas.getBoundingClientRect();
    const place = (value, size) => Math.max(0, Math.min(size, Math.round(value * size)));
    return [place((event.clientX - box.left) / box.width, canvas.width), place((event.clientY - box.top) / box.height, canvas.height)];
  };

  const show = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    [pen.lineWidth, pen.lineCap, pen.lineJoin] = [4, "round", "round"];
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], i) => i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y));
      if (stroke.length === 1) pen.lineTo(stroke[0][0] + 1, stroke[0][1]);
      pen.stroke();
    }
  };

  const keep = () => {
    // Points that say little are left out until the rest fits.
    let apart = 2, text;
    do text = write(strokes, apart++); while (text.length > longest);
    kept.value = text;
  };

  canvas.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    strokes.push(drawing = [at(event)]);
    show();
  });
  canvas.addEventListener("pointermove", event => {
    if (!drawing) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) drawing.push(at(part));
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => {
    if (drawing) keep();
    drawing = null;
  });
  field.querySelector("[data-draw-clear]").addEventListener("click", () => {
    [strokes, drawing, kept.value] = [[], null, ""];
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  field.hidden = false;
  show();
}

function write(strokes, apart) {
  return strokes.map(stroke => stroke.filter((point, i) => {
    if (i === 0 || i === stroke.length - 1) return true;
    const [x, y] = stroke[i - 1];
    return i % apart === 0 || Math.hypot(point[0] - x, point[1] - y) > 12 * apart;
  }).map(point => point.join(",")).join(" ")).join(";");
}
