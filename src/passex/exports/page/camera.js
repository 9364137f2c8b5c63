// From the layout's coordinates to the screen's, and back. A layout that is wide is turned upright on
// an upright screen.

export class Camera {
  x = 0;
  y = 0;
  scale = 1;
  fitted = 1;
  upright = false;

  toScreen({ x, y }, width, height) {
    const [u, v] = this.upright ? [-y, x] : [x, y];
    return { x: (u - this.x) * this.scale + width / 2, y: (v - this.y) * this.scale + height / 2 };
  }

  /** Show all spots, with room for labels around them. */
  fit(spots, width, height) {
    const extent = (values) => [
      values.reduce((a, b) => Math.min(a, b), Infinity),
      values.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
    if (!spots.length) return;
    const wide = extent(spots.map(({ x }) => x));
    const high = extent(spots.map(({ y }) => y));
    this.upright = width < height * 0.9 && wide[1] - wide[0] > high[1] - high[0];
    const [[left, right], [top, bottom]] = this.upright ? [[-high[1], -high[0]], wide] : [wide, high];
    const room = spots.length > 200 ? 24 : Math.min(110, width * 0.17);
    const across = Math.max(width - 2 * room, 40) / Math.max(right - left, 1);
    const down = Math.max(height - Math.min(spots.length > 60 ? 80 : 150, height * 0.3), 40) / Math.max(bottom - top, 1);
    this.x = (left + right) / 2;
    this.y = (top + bottom) / 2;
    this.scale = Math.min(across, down, 2.4);
    this.fitted = this.scale;
  }

  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
  }

  /** Zoom so that the point under the pointer stays there. */
  zoom(factor, dx = 0, dy = 0) {
    const scale = Math.min(Math.max(this.scale * factor, this.fitted / 4), Math.max(this.fitted * 60, 4));
    this.x += dx / this.scale - dx / scale;
    this.y += dy / this.scale - dy / scale;
    this.scale = scale;
  }

  centre(spot) {
    const [u, v] = this.upright ? [-spot.y, spot.x] : [spot.x, spot.y];
    this.x = u;
    this.y = v;
  }

  toText() {
    return [this.x, this.y, this.scale].map((number) => Number(number.toFixed(3))).join(",");
  }

  fromText(text) {
    [this.x, this.y, this.scale] = text.split(",").map(Number);
  }
}
