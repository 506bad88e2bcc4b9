const WITHIN_MS = 10_000;
const NEW = 'clicked-through';

/** Goes through the four everyday tasks with the mouse, and counts its clicks. Each is done when the page shows that it is. */
export async function countClicks(page) {
  page.setDefaultTimeout(WITHIN_MS);
  const hand = handOn(page);
  const clicks = {};
  for (const [name, task] of Object.entries(tasks)) {
    const before = hand.clicks();
    await task(page, hand).catch((error) => {
      throw new Error(`${name}: ${error.message}`);
    });
    clicks[name] = hand.clicks() - before;
  }
  return clicks;
}

/** A mouse that counts, and a keyboard that needs a click where no cursor stands yet. */
function handOn(page) {
  let clicks = 0;
  const click = (target) => {
    clicks += 1;
    return target.click();
  };
  return {
    clicks: () => clicks,
    click,
    async type(field, text) {
      await field.waitFor();
      if (!(await field.evaluate((element) => element === document.activeElement))) await click(field);
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
  };
}

const tasks = {
  async 'create a flag, on for one org'(page, { click, type }) {
    await click(page.getByRole('button', { name: /^New flag/ }));
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Name').pressSequentially(NEW);
    await click(sheet.getByRole('radio', { name: 'Orgs' }));
    await type(sheet.getByRole('combobox', { name: 'Keys of org' }), 'acme');
    await click(sheet.getByRole('button', { name: 'Create flag' }));
    await page.getByRole('heading', { name: NEW, level: 1 }).waitFor();
  },

  async '10 % in production'(page, { click, type }) {
    const column = page.getByRole('region', { name: 'Production', exact: true });
    await type(column.getByRole('textbox', { name: 'Percentage that gets on' }), '10');
    if ((await column.getByRole('switch').getAttribute('aria-checked')) !== 'true') await click(column.getByRole('switch'));
    const bar = page.getByRole('region', { name: 'Unpublished changes' });
    await click(bar.getByRole('button', { name: /^Publish/ }));
    await bar.waitFor({ state: 'hidden' });
  },

  async 'kill in production'(page, { click }) {
    const kill = page.getByRole('button', { name: 'Kill in Production' });
    await click(kill);
    await kill.waitFor({ state: 'hidden' });
  },

  async 'undo the kill'(page, { click }) {
    await click(page.getByRole('button', { name: /^Undo/ }).last());
    await page.getByRole('button', { name: 'Kill in Production' }).waitFor();
  },
};
