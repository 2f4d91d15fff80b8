import { actions } from './actions.js';
import { flows } from './flows.js';
import { createSession } from './session.js';

const doing = { ...actions, ...flows };
const LOGOUT = 'logout-with-id-token-hint';

const element = (id) => document.getElementById(id);

/** The results so far, kept over the navigations of signing in and out. */
const results = {
  read: () => JSON.parse(sessionStorage.getItem('shop.results') ?? '{}'),
  write(id, text) {
    sessionStorage.setItem('shop.results', JSON.stringify({ ...this.read(), [id]: text }));
  },
  clear: () => sessionStorage.removeItem('shop.results'),
};

function showResult(id, text) {
  const output = document.querySelector(`[data-result="${id}"]`);
  output.textContent = text;
  output.dataset.state = text.split(':')[0];
  results.write(id, text);
}

function reportTrouble(error) {
  element('notice').textContent = String(error);
  element('notice').hidden = false;
}

async function mint(lab, path) {
  const response = await fetch(lab.origins.login + path, { method: 'POST' });
  return (await response.json()).token;
}

/** Does what the habit says and shows its outcome: "running", then "done: <status>" or "failed: <error>". */
async function press(habit, lab, session) {
  showResult(habit.id, 'running');
  const request = { method: habit.request.method, url: lab.origins[habit.request.host] + habit.request.path };
  try {
    const status = await doing[habit.id]({ lab, request, session, mint: (path) => mint(lab, path) });
    // Logging out leaves the page; its outcome is shown on the way back.
    if (status !== undefined) showResult(habit.id, `done: ${status}`);
  } catch (error) {
    showResult(habit.id, `failed: ${error instanceof Error ? error.message : error}`);
  }
}

function renderHabit(habit, list, lab, session) {
  const item = element('habit').content.cloneNode(true);
  const button = item.querySelector('button');
  button.dataset.habit = habit.id;
  button.textContent = habit.label;
  button.addEventListener('click', () => press(habit, lab, session));
  item.querySelector('.description').textContent = habit.description;
  const { method, host, path } = habit.request;
  item.querySelector('code').textContent = `${method} ${new URL(lab.origins[host]).hostname}${path}`;
  item.querySelector('.expected').textContent = habit.expected.join(' ') || 'silent';
  item.querySelector('output').dataset.result = habit.id;
  element(`${habit.good ? 'good' : 'bad'}-${list}`).append(item);
}

function showAccount(user) {
  const signedIn = user !== null;
  element('who').textContent = signedIn ? `Signed in as ${user.profile.name}` : 'Sign in to begin.';
  element('sign-in').hidden = signedIn;
  for (const button of document.querySelectorAll('[data-habit]')) button.disabled = !signedIn;
}

async function start() {
  const lab = await (await fetch('/lab.json')).json();
  const session = createSession(lab);
  for (const habit of lab.habits) renderHabit(habit, 'habits', lab, session);
  for (const flow of lab.flows) renderHabit(flow, 'flows', lab, session);
  element('sign-in').addEventListener('click', () => session.signIn().catch(reportTrouble));

  if (location.pathname === '/callback') {
    await session.completeSignIn();
    history.replaceState(null, '', '/');
    results.clear();
  }
  const user = await session.user();
  for (const [id, text] of Object.entries(results.read())) {
    const returned = id === LOGOUT && text === 'running' && user === null;
    showResult(id, returned ? 'done: signed out' : text);
  }
  showAccount(user);
  // Said last: whoever waits for it may press.
  document.documentElement.dataset.signedIn = String(user !== null);
}

start().catch((error) => {
  reportTrouble(error);
  document.documentElement.dataset.signedIn = 'false';
});
