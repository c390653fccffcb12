// The two pages of the development provider: the address, then the mailed code.

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function page(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><link rel="stylesheet" href="/style.css"></head><body>
<header><p>Development identity provider</p></header><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
}

export const STYLE = `body{margin:0;font:112.5%/1.5 Arial,sans-serif;color:#17202a}header{background:#3d3d3d;color:#fff}header p,main{max-width:40rem;margin:0 auto;padding:.75rem 1.25rem}
label{display:block;font-weight:bold;margin-bottom:.25rem}input{font:inherit;padding:.4rem;width:100%;max-width:24rem;border:2px solid #17202a;box-sizing:border-box}
button{font:inherit;margin-top:1rem;padding:.5rem 1rem;background:#1b4f72;color:#fff;border:0}:focus{outline:3px solid #b35c00;outline-offset:2px}.wrong{color:#9b1c1c;font-weight:bold}a{color:#1b4f72}`;

const problemLine = (problem: string): string =>
  problem === '' ? '' : `<p class="wrong" id="problem">${escaped(problem)}</p>`;
const described = (problem: string): string => (problem === '' ? '' : ' aria-describedby="problem"');

export function addressPage(uid: string, problem = ''): string {
  return page(
    'Who are you?',
    `${problemLine(problem)}<p>Type the e-mail address your registrar entered. A code is mailed to it; the code, not the address, signs you in.</p>
<form method="post" action="/interaction/${escaped(uid)}"><label for="address">E-mail address</label>
<input id="address" name="address" type="email" autocomplete="email" required${described(problem)}><br><button type="submit">Mail me a code</button></form>`,
  );
}

export function codePage(uid: string, address: string, problem = ''): string {
  return page(
    'Type the code we mailed you',
    `${problemLine(problem)}<p>It went to ${escaped(address)}, and is good for ten minutes.</p>
<form method="post" action="/interaction/${escaped(uid)}/code"><input type="hidden" name="address" value="${escaped(address)}"><label for="code">Code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required${described(problem)}><br><button type="submit">Sign in</button></form>`,
  );
}

export function overPage(): string {
  return page('This sign-in is over', '<p>Go back to Parley and sign in again.</p>');
}
