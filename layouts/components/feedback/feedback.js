/* The form works without script. With it, faults are told by their fields. A server that says so in site.yaml answers the
   script, and the text is kept until it has; any other is sent the form as it is, since no script may read its answer. */
heja.define("feedback", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.form.noValidate = true;
    this.named = document.title;
    this.fields = ["message", "email"].map((name) => this.form.elements[name]);
    this.form.addEventListener("submit", (event) => {
      const faults = this.faults();
      const fine = !Object.keys(faults).length;
      if (!fine || this.sending || this.dataset.answers === "json") event.preventDefault();
      if (!fine) this.tell(faults);
      else if (!this.sending) this.send();
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
    this.show("status", false);
    const summary = this.show("summary");
    const links = this.fields.filter(({ name }) => faults[name]).map((field) => {
      const row = document.createElement("p");
      const link = document.createElement("a");
      link.href = `#${field.id}`;
      link.textContent = faults[field.name];
      row.append(link);
      return row;
    });
    const heading = document.createElement("h2");
    heading.textContent = this.text("faults");
    summary.replaceChildren(heading, ...links);
    document.title = `${this.text("fault")}: ${this.named}`;
    for (const field of this.fields) {
      const fault = document.getElementById(`${field.id}-fel`);
      fault.textContent = faults[field.name] ?? "";
      fault.hidden = !faults[field.name];
      field.setAttribute("aria-invalid", String(Boolean(faults[field.name])));
    }
    summary.focus();
  }

  clear() {
    document.title = this.named;
    this.show("summary", false);
    for (const field of this.fields) {
      field.removeAttribute("aria-invalid");
      document.getElementById(`${field.id}-fel`).hidden = true;
    }
  }

  async send() {
    this.sending = true;
    this.clear();
    this.say("status", this.text("sending"));
    if (this.dataset.answers !== "json") return this.wait();
    try {
      const body = new URLSearchParams(new FormData(this.form));
      const signal = AbortSignal.timeout(this.patience());
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal });
      if (answer.ok) return this.sent();
      const { errors } = answer.status === 422 ? await answer.json() : {};
      const known = this.fields.filter(({ name }) => typeof errors?.[name] === "string" && errors[name].trim());
      if (!known.length) throw new Error(answer.status);
      this.tell(Object.fromEntries(known.map(({ name }) => [name, errors[name]])));
    } catch ({ name }) {
      this.say("status", this.text(name === "TimeoutError" ? "late" : "failed"), false);
      this.part("status").focus();
    } finally {
      this.sending = false;
    }
  }

  /* The browser goes to the server's own page. If it is still here after a while, nobody knows what happened. */
  wait() {
    setTimeout(() => {
      this.sending = false;
      this.say("status", this.text("late"));
    }, this.patience());
  }

  patience() {
    return Number(this.dataset.timeout) || 15000;
  }

  sent() {
    this.form.reset();
    this.form.hidden = true;
    this.say("status", this.text("sent"), false); // heard as the focus comes to it
    this.part("status").focus();
  }
});
