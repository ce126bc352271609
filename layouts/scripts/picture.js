/* The cover of an exercise: its files; in a page that holds the whole site, the drawing that is in it. */
heja.cover = (id, { area, cover }) => {
  const drawn = document.getElementById(`omslag-${id}`);
  const made = document.createElement("template");
  const { root } = document.documentElement.dataset;
  const [light, dark, lines] = ["", cover[1] === cover[0] ? "" : ".dark", ".lines"].map((kind, number) => `${root}assets/covers/${id}${kind}.${cover[number]}.svg`);
  made.innerHTML = drawn
    ? `<svg class="cover a-${area}" viewBox="0 0 400 300" aria-hidden="true"><use href="#omslag-${id}"/></svg>`
    : `<picture class="cover__picture"><source media="(forced-colors: active)" srcset="${lines}">
       <source media="(prefers-color-scheme: dark)" srcset="${dark}"><img src="${light}" alt="" width="400" height="300" decoding="async"></picture>`;
  return made.content.cloneNode(true);
};
