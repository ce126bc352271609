/* What is hidden and many parts have alike stands once at the end of the page. Before all other scripts it is put where it
   belongs: src/hejagen/editions/alike.py. */
{
  const shapes = [...document.querySelectorAll("body > template")].map(({ content }) => content);
  for (const place of document.querySelectorAll("template[data-as]")) {
    const copy = document.importNode(shapes[place.dataset.as], true);
    const { ids } = place.closest("[data-ids]").dataset;
    for (const element of copy.querySelectorAll("*"))
      for (const attribute of element.attributes)
        if (attribute.value.includes("~-")) attribute.value = attribute.value.replaceAll("~-", ids);
    place.replaceWith(copy);
  }
}
