// There is no site to keep: everything is here already.
export async function keepSite() {}
