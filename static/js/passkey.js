// Passkeys: allauth asks the browser, for one form.
const button = document.querySelector("[data-passkey]");
if (button && window.PublicKeyCredential) {
  const { passkey, failed } = button.dataset;
  const ids = { [passkey]: button.id, credential: "id_credential", data: "options" };
  allauth.webauthn.forms[passkey + "Form"]({ ids });
  button.form.hidden = false;
  button.onclick = () => false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelector("#status").textContent = failed;
  });
}
