import { viewport } from './setting.mjs';

/** A page that shows the subject's list of flags, for as long as `use` needs it. */
export async function withOpenPage(browser, subject, use) {
  const context = await browser.newContext({ viewport, storageState: subject.storage });
  try {
    const page = await context.newPage();
    await page.goto(subject.url + subject.list);
    await page.locator(subject.watched).waitFor();
    return await use(page);
  } finally {
    await context.close();
  }
}

/** How many of the rows are wholly in the window and covered by nothing. */
export const rowsInSight = (page, { row }) => page.evaluate(countInSight, row);

/** Runs in the page. */
function countInSight(row) {
  const rows = [...document.querySelectorAll(row)].map((element) => [element, element.getBoundingClientRect()]);
  return rows.filter(
    ([element, { top, bottom, left, width }]) =>
      top >= 0 &&
      bottom <= innerHeight &&
      [top + 2, bottom - 2].every((y) => element.contains(document.elementFromPoint(left + width / 2, y))),
  ).length;
}
