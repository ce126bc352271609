/* The form works without script. With it, faults are told by their fields and the text is kept until the server has it. */
heja.define("feedback", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.form.noValidate = true;
    this.fields = ["message", "email"].map((name) => this.form.elements[name]);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const faults = this.faults();
      if (Object.keys(faults).length) this.tell(faults);
      else this.send();
    });
  }

  faults() {
    const [message, email] = this.fields;
    return {
      ...(!message.value.trim() && { message: this.text("empty") }),
      ...(!email.validity.valid && { email: this.text("email") }),
    };
  }

  /* A summary that takes the focus and links to the fields, and the fault beside each field. */
  tell(faults) {
    const summary = this.show("summary");
    const links = this.fields.filter(({ name }) => faults[name]).map((field) => {
      const row = document.createElement("p");
      const link = document.createElement("a");
      link.href = `#${field.id}`;
      link.textContent = faults[field.name];
      row.append(link);
      return row;
    });
    summary.replaceChildren(this.text("faults"), ...links);
    for (const field of this.fields) {
      const fault = document.getElementById(`${field.id}-fel`);
      fault.textContent = faults[field.name] ?? "";
      fault.hidden = !faults[field.name];
      field.setAttribute("aria-invalid", String(Boolean(faults[field.name])));
    }
    summary.focus();
  }

  clear() {
    this.show("summary", false);
    for (const field of this.fields) {
      field.removeAttribute("aria-invalid");
      document.getElementById(`${field.id}-fel`).hidden = true;
    }
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    this.clear();
    this.say("status", this.text("sending"));
    try {
      const body = new URLSearchParams(new FormData(this.form));
      const signal = AbortSignal.timeout(Number(this.dataset.timeout) || 15000);
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal });
      if (answer.ok) return this.sent();
      if (answer.status !== 422) throw new Error(answer.status);
      const { errors = {} } = await answer.json();
      const known = Object.fromEntries(Object.entries(errors).filter(([name]) => this.form.elements[name]));
      if (!Object.keys(known).length) throw new Error("422");
      this.show("status", false);
      this.tell(known);
    } catch {
      this.say("status", this.text("failed"));
      this.part("status").focus();
    } finally {
      this.sending = false;
    }
  }

  sent() {
    this.form.reset();
    this.form.hidden = true;
    this.say("status", this.text("sent"));
    this.part("status").focus();
  }
});
