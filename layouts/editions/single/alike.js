/* Hidden elements that many parts have alike stand once at the end of the page. Before all other scripts they are put where
   they belong: src/hejagen/editions/alike.py. */
{
  const shapes = [...document.querySelectorAll("body > template")].map(({ content }) => content);
  for (const place of document.querySelectorAll("template[data-alike]")) {
    const copy = document.importNode(shapes[place.dataset.alike], true);
    const { ids } = place.closest("[data-ids]").dataset;
    for (const element of copy.querySelectorAll("*"))
      for (const attribute of element.attributes)
        if (attribute.value.includes("~-")) attribute.value = attribute.value.replaceAll("~-", ids);
    place.replaceWith(copy);
  }
}
