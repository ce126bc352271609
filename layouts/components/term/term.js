/* Places an explanation beside its word, in browsers whose styles cannot. */
if (!CSS.supports("position-area: block-end"))
  document.addEventListener(
    "toggle",
    ({ target, newState }) => {
      if (newState !== "open" || !target.matches(".term__text")) return;
      const word = document.querySelector(`[popovertarget="${target.id}"]`).getBoundingClientRect();
      const box = target.getBoundingClientRect();
      const left = Math.max(16, Math.min(word.left, innerWidth - box.width - 16));
      const below = word.bottom + 6 + box.height < innerHeight;
      Object.assign(target.style, { inset: "auto", margin: 0, left: `${left}px`, top: `${below ? word.bottom + 6 : Math.max(0, word.top - box.height - 6)}px` });
    },
    true,
  );
