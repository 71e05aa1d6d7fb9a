// A page that is loaded anew is a new session to the server. So the browser keeps the name of the visitor's bench, in a cookie
// that goes when the browser is closed, and the server finds the training by it. COOKIE, before this: what it is called.

/** @param {Component<Keep>} component */
export default ({ data }) => {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is not there on a plain http address
  if (data.bench) document.cookie = `${COOKIE}=${data.bench}; path=/; SameSite=Lax`;
};
