/** `Wave 1 (canary)`. */
export function nameOfWave(wave: { wave: number; name?: string }): string {
  return wave.name ? `Wave ${wave.wave} (${wave.name})` : `Wave ${wave.wave}`;
}
