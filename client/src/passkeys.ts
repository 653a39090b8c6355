/** Forms with `data-passkey` ask the browser for a passkey before they are sent; its answer goes along as JSON. */
export function askForPasskeys(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset["passkey"]) return;
    event.preventDefault();
    void answer(form);
  });
}

async function answer(form: HTMLFormElement): Promise<void> {
  if (form.hasAttribute("aria-busy")) return;
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  if (failed) failed.hidden = true;
  form.setAttribute("aria-busy", "true");
  try {
    const question = await ask(form);
    const given = form.dataset["passkey"] === "make" ? await make(question) : await use(question);
    form.querySelector<HTMLInputElement>("[name=credential]")!.value = JSON.stringify(given);
    form.submit();
  } catch {
    form.removeAttribute("aria-busy");
    if (failed) failed.hidden = false;
  }
}

async function ask(form: HTMLFormElement): Promise<any> {
  const token = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
  const response = await fetch(form.dataset["question"]!, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).publicKey;
}

async function make(question: any): Promise<object> {
  question.challenge = bytes(question.challenge);
  question.user.id = bytes(question.user.id);
  question.excludeCredentials = (question.excludeCredentials ?? []).map(withBytes);
  const made = (await navigator.credentials.create({ publicKey: question })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...named(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

async function use(question: any): Promise<object> {
  question.challenge = bytes(question.challenge);
  question.allowCredentials = (question.allowCredentials ?? []).map(withBytes);
  const used = (await navigator.credentials.get({ publicKey: question })) as PublicKeyCredential;
  const response = used.response as AuthenticatorAssertionResponse;
  return {
    ...named(used),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

function named(credential: PublicKeyCredential): object {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

const withBytes = (known: { id: string }) => ({ ...known, id: bytes(known.id) });

/** Bytes travel as base64 in its form for addresses, without padding. */
function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(encoded.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
