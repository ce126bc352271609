/* What few readers open is loaded when the address names it. Its style and its script are asked for at once; the script
   runs when the style is there. */
(() => {
  const load = () => {
    const place = document.querySelector(`[data-load][data-view="${CSS.escape(location.hash.slice(1))}"]`);
    if (!place) return;
    const [style, script] = place.dataset.load.split(" ");
    place.removeAttribute("data-load");
    const make = (name, values) => Object.assign(document.createElement(name), values);
    const sheet = make("link", { rel: "stylesheet", href: style });
    sheet.onload = sheet.onerror = () => document.head.append(make("script", { src: script }));
    document.head.append(make("link", { rel: "preload", as: "script", href: script }), sheet);
  };
  window.addEventListener("hashchange", load);
  load();
})();
