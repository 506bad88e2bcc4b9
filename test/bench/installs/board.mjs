const PAGE = 1_000;

/** How many installs the board tells otherwise than they are, its counts among them. */
export async function differences(read, truth, silent) {
  const rows = await wholeBoard(read);
  const { counts, running, total } = await read('/installs?limit=1');
  const said = new Map(rows.map((row) => [row.install, row]));
  const wrong = truth.filter(({ install, inForce }) => !isSame(said.get(install)?.runs, inForce));
  const talking = silent.filter(({ key }) => said.get(key)?.runs !== undefined || said.get(key)?.online);
  const newest = Math.max(...truth.map(({ inForce }) => inForce.revision));
  const current = truth.filter(({ inForce }) => inForce.revision === newest).length;
  const airGapped = silent.filter(({ connection }) => connection === 'air-gapped').length;
  const sums = [
    [total, truth.length + silent.length],
    [rows.length, truth.length + silent.length],
    [counts.current, current],
    [counts.behind, truth.length - current],
    [counts.online, current],
    [counts.silent, silent.length - airGapped],
    [counts['air-gapped'], airGapped],
    [counts['unknown-shipment'], 0],
    [running.reduce((sum, { installs }) => sum + installs, 0), truth.length],
  ];
  return wrong.length + talking.length + sums.filter(([is, should]) => is !== should).length;
}

const isSame = (runs, { release, revision, digest }) =>
  runs?.release === release && runs.revision === revision && runs.digest === digest;

async function wholeBoard(read) {
  const rows = [];
  for (let after = ''; after !== undefined;) {
    const { installs, next } = await read(`/installs?limit=${PAGE}${after && `&after=${after}`}`);
    rows.push(...installs);
    after = next;
  }
  return rows;
}
