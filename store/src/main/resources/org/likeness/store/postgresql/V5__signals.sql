
-- A photo that is kept out has no templates, and one that stays out stays out. 23514 is the SQLSTATE of a broken check.

CREATE FUNCTION photo_state_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'UPHELD' AND NEW.state <> 'UPHELD' THEN
    RAISE EXCEPTION 'a photo that was upheld stays out' USING ERRCODE = '23514';
  END IF;
  IF NEW.state <> 'CLEARED'
      AND EXISTS (SELECT 1 FROM face f JOIN template t ON t.face = f.id WHERE f.photo = NEW.id) THEN
    RAISE EXCEPTION 'a photo that is kept out has no templates' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION template_refuse_kept_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT p.state FROM face f JOIN photo p ON p.id = f.photo WHERE f.id = NEW.face) <> 'CLEARED' THEN
    RAISE EXCEPTION 'a photo that is kept out has no templates' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER photo_state_is_kept BEFORE UPDATE OF state ON photo
  FOR EACH ROW EXECUTE FUNCTION photo_state_refuse();

CREATE TRIGGER template_of_cleared_photo BEFORE INSERT ON template
  FOR EACH ROW EXECUTE FUNCTION template_refuse_kept_out();
