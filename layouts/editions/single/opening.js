/* While the page that holds the whole site is read, no part is shown: laying out all of them again and again took ten
   seconds. `single.js` shows the one that is asked for, and whatever happens, the parts are shown once all is read. */
{
  const { dataset } = document.documentElement;
  dataset.opening = "";
  addEventListener("load", () => delete dataset.opening);
}
