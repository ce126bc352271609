/* A field cannot grow on paper in every browser: what is written in it is printed as text in its place. */
window.addEventListener("beforeprint", () => {
  for (const field of document.querySelectorAll("textarea")) {
    const there = field.nextElementSibling?.matches(".written") ? field.nextElementSibling : null;
    const words = there ?? document.createElement("span");
    words.className = "written print-only";
    words.textContent = field.value;
    words.hidden = !field.value;
    words.style.setProperty("--rows", field.rows);
    field.classList.toggle("is-written", !words.hidden); // an empty one is printed itself, as tall as it is
    if (!there) field.after(words);
  }
});
