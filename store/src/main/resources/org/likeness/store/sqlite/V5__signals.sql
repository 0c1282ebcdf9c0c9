
-- A photo that is kept out has no templates, and one that stays out stays out.

CREATE TRIGGER photo_upheld_stays BEFORE UPDATE OF state ON photo
WHEN OLD.state = 'UPHELD' AND NEW.state <> 'UPHELD'
BEGIN
  SELECT RAISE(ABORT, 'a photo that was upheld stays out');
END;

CREATE TRIGGER photo_kept_out_has_no_template BEFORE UPDATE OF state ON photo
WHEN NEW.state <> 'CLEARED'
  AND EXISTS (SELECT 1 FROM face f JOIN template t ON t.face = f.id WHERE f.photo = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'a photo that is kept out has no templates');
END;

CREATE TRIGGER template_of_cleared_photo BEFORE INSERT ON template
WHEN (SELECT p.state FROM face f JOIN photo p ON p.id = f.photo WHERE f.id = NEW.face) <> 'CLEARED'
BEGIN
  SELECT RAISE(ABORT, 'a photo that is kept out has no templates');
END;
